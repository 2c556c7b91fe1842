using AotChat.Configuration;
using AotChat.Loop;
using AotChat.Store;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Store;

// CA1416: the server runs on Unix systems alone, and so do its tests.
#pragma warning disable CA1416
/// <summary>Who may use the directory.</summary>
public sealed class StoreLockSpecs : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _root = Directory.CreateTempSubdirectory("aotchat-lock-").FullName;

    private string Folder => Path.Combine(_root, "new", "data");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_second_server_is_refused_with_the_process_of_the_first()
    {
        using (DataDirectory first = DataDirectory.Open(Folder))
        {
            Assert.Equal($"it is in use by aotchat (process {Environment.ProcessId})", Assert.Throws<IOException>(() => DataDirectory.Open(Folder)).Message);

            // The refusal does not end the lock of the first.
            Assert.Throws<IOException>(() => DataDirectory.Open(Folder));
        }

        using DataDirectory next = DataDirectory.Open(Folder);
        Assert.Equal(Folder, next.FullName);
    }

    [Fact]
    public void Directory_and_files_are_for_their_owner_alone()
    {
        using StoreUnderTest test = new();
        test.Say("a secret");
        test.Run();

        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(test.Folder));
        Assert.Equal(
            ["chat.db", "chat.db-shm", "chat.db-wal", "lock"],
            Directory.EnumerateFiles(test.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.EnumerateFiles(test.Folder), file => Assert.Equal(OwnerOnly, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void An_empty_directory_becomes_the_owners_and_one_with_files_of_others_keeps_its_mode()
    {
        UnixFileMode open = OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        string empty = Directory.CreateDirectory(Path.Combine(_root, "empty"), open).FullName;
        string shared = Directory.CreateDirectory(Path.Combine(_root, "shared"), open).FullName;
        File.SetUnixFileMode(shared, open);
        File.WriteAllText(Path.Combine(shared, "notes"), "mine");
        using DataDirectory first = DataDirectory.Open(empty);
        using DataDirectory second = DataDirectory.Open(shared);

        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(empty));
        Assert.Equal(open, File.GetUnixFileMode(shared));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(second.Database));
    }

    [Fact]
    public void A_refused_file_does_not_keep_the_directory_locked()
    {
        using (DataDirectory opened = DataDirectory.Open(Folder))
        {
            File.WriteAllText(opened.Database, new string('x', 5000));
        }

        using Opener loop = new();
        Assert.Contains("not a database", loop.Refusal(Folder), StringComparison.Ordinal);
        File.Delete(DataDirectory.DatabaseIn(Folder));
        Assert.Null(loop.Refusal(Folder));
    }

    private sealed class Opener : IDisposable
    {
        private readonly EventLoop _loop = new(new SimulatedPoller(), TimeProvider.System, new RecordingLogger());

        public void Dispose() => _loop.Dispose();

        public string? Refusal(string folder)
        {
            using SqliteStore store = StoreOpening.Open(
                _loop, new ChatOptions { Data = folder }, new RecordingLogger(), out string? problem, out _);
            return problem;
        }
    }
}
