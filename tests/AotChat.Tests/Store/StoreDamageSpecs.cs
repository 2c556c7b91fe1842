using AotChat.Configuration;
using AotChat.Loop;
using AotChat.Store;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Store;

/// <summary>Files that are damaged, or no files of this program: they are refused in a sentence and stay as they are.</summary>
public sealed class StoreDamageSpecs : IDisposable
{
    private const int PageBytes = 4096;

    private readonly StoredFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_file_that_is_whole_works()
    {
        _files.Put(_files.Data, _files.Log);
        Assert.Null(_files.Check());
        Assert.Null(_files.Use());
    }

    [Fact]
    public void A_byte_that_is_flipped_anywhere_in_the_file_is_no_surprise() => TryFlips(_files.Data, seed: 1, Put);

    [Fact]
    public void A_byte_that_is_flipped_anywhere_in_the_log_is_no_surprise() => TryFlips(_files.Log, seed: 2, log => _files.Put(_files.Data, log));

    [Fact]
    public void Pages_that_are_overwritten_are_no_surprise()
    {
        Random random = new(3);
        for (int start = 0; start < _files.Data.Length; start += PageBytes)
        {
            foreach (int length in (int[])[1, 64, PageBytes])
            {
                byte[] damaged = [.. _files.Data];
                random.NextBytes(damaged.AsSpan(start, length));
                Put(damaged);
                TryBoth();
                damaged.AsSpan(start, length).Clear();
                Put(damaged);
                TryBoth();
            }
        }
    }

    [Fact]
    public void A_file_and_a_log_that_are_cut_off_anywhere_are_no_surprise()
    {
        Random random = new(4);
        for (int length = 0; length < _files.Data.Length; length += PageBytes)
        {
            Put(_files.Data[..length]);
            TryBoth();
            _files.Put(_files.Data[..(length + random.Next(PageBytes))], _files.Log);
            TryBoth();
        }

        for (int i = 0; i < 50; i++)
        {
            _files.Put(_files.Data, _files.Log[..random.Next(_files.Log.Length)]);
            TryBoth();
        }
    }

    [Fact]
    public void A_page_that_is_overwritten_is_found_by_the_check()
    {
        for (int start = 0; start < _files.Data.Length; start += PageBytes)
        {
            byte[] damaged = [.. _files.Data];
            damaged.AsSpan(start, 100).Fill(0x77);
            Put(damaged);
            Assert.True(_files.Check() is not null, $"The damage at {start} is not found.");
        }
    }

    [Fact]
    public void A_text_file_is_refused()
    {
        Put([.. Enumerable.Repeat("These are my notes, and no database at all.\n"u8.ToArray(), 100).SelectMany(line => line)]);

        Assert.Equal("the file is not a database; restore a copy of chat.db, or move it away to begin anew", Reason(_files.Use()));
        Assert.Equal($"data: {_files.Database}: the file is not a database", _files.Check());
    }

    [Fact]
    public void A_file_of_another_program_is_refused()
    {
        _files.Put([], []);
        using (SqliteDatabase other = SqliteDatabase.Open(_files.Database, SqliteMode.Write))
        {
            other.Execute("CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('mine')");
        }

        Assert.Equal("the file belongs to another program", Reason(_files.Use()));
        Assert.Equal($"data: {_files.Database}: the file belongs to another program", _files.Check());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_of_a_newer_version_is_refused_and_its_log_stays(bool hasLog)
    {
        byte[] newer = [.. _files.Data];
        newer[63] = (byte)(StoreSchema.Version + 1);
        if (hasLog)
        {
            // The first page is in the log too, with the version.
            using StoreUnderTest test = new();
            using (SqliteDatabase other = SqliteDatabase.Open(test.Database, SqliteMode.Write))
            {
                other.Execute($"PRAGMA user_version = {StoreSchema.Version + 1}");
            }

            _files.Put(StoredFiles.ReadShared(test.Database), StoredFiles.ReadShared(test.Database + "-wal"));
        }
        else
        {
            Put(newer);
        }

        Assert.StartsWith("the file was written by a newer version of AotChat", Reason(_files.Use()), StringComparison.Ordinal);
        Assert.Contains("a newer version", _files.Check(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_becomes_a_store()
    {
        Put([]);

        Assert.Null(_files.Use());
        Assert.Null(_files.Check());
    }

    [Fact]
    public void A_directory_in_place_of_the_file_is_refused()
    {
        File.Delete(_files.Database);
        Directory.CreateDirectory(_files.Database);

        Assert.NotNull(_files.Use());
        Assert.True(Directory.Exists(_files.Database));
    }

    [Fact]
    public void A_file_in_place_of_the_directory_is_refused()
    {
        string file = Path.Combine(_files.Folder, "file");
        File.WriteAllText(file, "mine");
        using EventLoop loop = new(new SimulatedPoller(), TimeProvider.System, new RecordingLogger());
        using SqliteStore store = StoreOpening.Open(loop, new ChatOptions { Data = file }, new RecordingLogger(), out string? problem, out _);

        Assert.StartsWith($"data: {file} cannot be used: ", problem, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    private void TryFlips(byte[] whole, int seed, Action<byte[]> put)
    {
        Random random = new(seed);
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = [.. whole];

            // A third of them in headers, where most depends on each byte.
            int at = i % 3 == 0 ? random.Next(120) + (PageBytes * random.Next(whole.Length / PageBytes)) : random.Next(whole.Length);
            damaged[Math.Min(at, whole.Length - 1)] ^= (byte)random.Next(1, 256);
            put(damaged);
            TryBoth($"offset {at}, pass {i}");
        }
    }

    private void Put(byte[] data) => _files.Put(data, []);

    private void TryBoth(string what = "")
    {
        try
        {
            _files.Check();
            _files.Use();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seen with {what}: {exception}", exception);
        }
    }

    private static string Reason(string? problem) => problem![(problem!.IndexOf("used: ", StringComparison.Ordinal) + 6)..];
}
