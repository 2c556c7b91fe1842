using AotChat.Store;
using SQLitePCL;

namespace AotChat.Tests.Store;

// CA1416: the server runs on Unix systems alone, and so do its tests.
#pragma warning disable CA1416
/// <summary>Copies that are made while the chat goes on.</summary>
public sealed class StoreBackupSpecs : IDisposable
{
    private readonly StoreUnderTest _test = new();

    public void Dispose() => _test.Dispose();

    private string Backups => Path.Combine(_test.Folder, "backups");

    [Fact]
    public async Task A_copy_holds_whole_groups_though_the_store_writes_between_its_steps()
    {
        Task<string?> backup = BeginLarge("copy.db");
        int steps = 0;
        while (!backup.IsCompleted)
        {
            steps++;
            _test.Say($"meanwhile {steps}");
            _test.Say($"meanwhile {steps}", room: 2);
            _test.Run();
            Assert.InRange(steps, 0, 1000);
        }

        Assert.Null(await backup);
        Assert.True(steps > 1);
        Assert.Equal(["copy.db"], Directory.EnumerateFiles(Backups).Select(Path.GetFileName));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Backups, "copy.db")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Backups));
        using SqliteDatabase copy = SqliteDatabase.Open(Path.Combine(Backups, "copy.db"), SqliteMode.Look);
        using SqliteStatement check = copy.PrepareOnce("PRAGMA integrity_check");
        Assert.True(check.Step());
        Assert.Equal("ok", check.Text(0));
        Assert.Equal(
            copy.Number("SELECT count(*) FROM line WHERE room = 1 AND text LIKE 'meanwhile%'"),
            copy.Number("SELECT count(*) FROM line WHERE room = 2"));
        Assert.True(copy.Number("SELECT count(*) FROM line WHERE room = 1") >= 3000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("/a")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".x")]
    [InlineData("a\0b")]
    [InlineData("a.part")]
    public void A_name_that_is_no_plain_file_is_refused(string name)
    {
        Assert.StartsWith("give a name ", _test.Answer(_test.Store.BackupAsync(name)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Backups));
    }

    [Fact]
    public void A_name_that_is_too_long_is_refused()
    {
        Assert.NotNull(_test.Answer(_test.Store.BackupAsync(new string('a', 300))));
        Assert.Null(_test.Answer(_test.Store.BackupAsync("next")));
    }

    [Fact]
    public void A_file_that_is_there_stays()
    {
        Directory.CreateDirectory(Backups);
        File.WriteAllText(Path.Combine(Backups, "mine"), "mine");

        Assert.Equal("there is a file mine already", _test.Answer(_test.Store.BackupAsync("mine")));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Backups, "mine")));
    }

    [Fact]
    public void What_a_killed_server_left_unfinished_is_in_nobodys_way()
    {
        Directory.CreateDirectory(Backups);
        File.WriteAllText(Path.Combine(Backups, "copy.part"), "half");

        Assert.Null(_test.Answer(_test.Store.BackupAsync("copy")));
        Assert.Equal(["copy"], Directory.EnumerateFiles(Backups).Select(Path.GetFileName));
    }

    [Fact]
    public void A_second_copy_is_refused_and_does_not_harm_the_first()
    {
        Task<string?> first = BeginLarge("copy");
        Assert.Equal("another copy is being made", RunUntilAnswered(_test.Store.BackupAsync("copy").AsTask()));
        Assert.Null(RunUntilAnswered(first));
        Assert.Equal(["copy"], Directory.EnumerateFiles(Backups).Select(Path.GetFileName));
    }

    [Fact]
    public void A_copy_that_is_asked_for_while_the_disk_fails_is_answered()
    {
        _test.Fault = new StoreException(raw.SQLITE_FULL, "fault");
        Assert.NotNull(RunUntilAnswered(_test.Store.BackupAsync("copy").AsTask()));
        Assert.NotNull(RunUntilAnswered(_test.Store.BackupAsync("copy").AsTask()));
        _test.Fault = null;
        _test.Run();
        Assert.Empty(Directory.EnumerateFiles(Backups));

        Assert.Null(RunUntilAnswered(_test.Store.BackupAsync("copy").AsTask()));
    }

    [Fact]
    public void A_copy_ends_where_the_disk_fails_and_gives_its_space_back()
    {
        Task<string?> backup = BeginLarge("copy");
        _test.Fault = new StoreException(raw.SQLITE_FULL, "fault");
        _test.Say("waits");
        _test.Run();
        Assert.Equal("the disk is full", RunUntilAnswered(backup));
        Assert.Empty(Directory.EnumerateFiles(Backups));
        _test.Fault = null;
        _test.Run();

        Assert.Null(RunUntilAnswered(_test.Store.BackupAsync("copy").AsTask()));
    }

    [Fact]
    public async Task An_entry_that_is_refused_in_the_same_group_does_not_end_the_copy()
    {
        Task<bool> Twice() => _test.Store.TryWriteAsync(new AotChat.Chat.StoreChange.AddAudit(StoredThings.Audit)).AsTask();
        (Task<bool> first, Task<bool> second) = (Twice(), Twice());
        Task<string?> backup = _test.Store.BackupAsync("copy").AsTask();

        Assert.Null(RunUntilAnswered(backup));
        Assert.True(await first);
        Assert.False(await second);
    }

    [Fact]
    public async Task A_copy_that_is_under_way_when_the_store_ends_is_answered_and_goes()
    {
        Task<string?> backup = BeginLarge("copy");
        Assert.Contains("copy.part", Directory.EnumerateFiles(Backups).Select(Path.GetFileName));

        // As the thread that writes does at its end.
        _test.Store.Writer.End();
        _test.Reopen();
        _test.Run();

        Assert.True(backup.IsCompleted);
        Assert.Equal("the server stops", await backup);
        Assert.Empty(Directory.EnumerateFiles(Backups));
    }

    // Large enough for several steps.
    private Task<string?> BeginLarge(string name)
    {
        string text = new('x', 1000);
        for (int i = 0; i < 3000; i++)
        {
            _test.Say(text);
        }

        for (int i = 0; i < 10; i++)
        {
            _test.Run();
        }

        Task<string?> backup = _test.Store.BackupAsync(name).AsTask();
        _test.Store.WriteOnce();
        _test.Store.WriteOnce();
        Assert.False(backup.IsCompleted);
        return backup;
    }

    private string? RunUntilAnswered(Task<string?> backup)
    {
        for (int i = 0; i < 200 && !backup.IsCompleted; i++)
        {
            _test.Run();
        }

        Assert.True(backup.IsCompleted, "There is no answer.");
        return backup.GetAwaiter().GetResult();
    }
}
