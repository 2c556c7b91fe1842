using AotChat.Configuration;
using AotChat.Loop;
using AotChat.Store;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Store;

/// <summary>The files of a store that nobody has open: a test damages them, and looks what becomes of them.</summary>
internal sealed class StoredFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aotchat-files-").FullName;

    /// <summary>A small store with something of everything, a part of it in the write-ahead log.</summary>
    public StoredFiles()
    {
        using StoreUnderTest test = new();
        Fill(test);
        Data = ReadShared(test.Database);
        Log = ReadShared(test.Database + "-wal");
    }

    public string Folder => _folder;

    public string Database => DataDirectory.DatabaseIn(_folder);

    /// <summary>The whole file.</summary>
    public byte[] Data { get; }

    /// <summary>The whole write-ahead log.</summary>
    public byte[] Log { get; }

    public ChatOptions Options => new() { Data = _folder };

    /// <summary>Puts the files there; an empty log is none.</summary>
    public void Put(byte[] data, byte[] log)
    {
        foreach (string file in Directory.EnumerateFiles(_folder))
        {
            File.Delete(file);
        }

        File.WriteAllBytes(Database, data);
        if (log.Length > 0)
        {
            File.WriteAllBytes(Database + "-wal", log);
        }
    }

    /// <summary>Opens what is there and uses it: it works, or says in one sentence what is wrong and changes nothing.</summary>
    /// <returns>What is wrong; null for nothing that was seen at the start.</returns>
    public string? Use()
    {
        (byte[] data, byte[] log) = (ReadShared(Database), ReadShared(Database + "-wal"));
        using EventLoop loop = new(new SimulatedPoller(), TimeProvider.System, new RecordingLogger());
        using (SqliteStore store = StoreOpening.Open(loop, Options, new RecordingLogger(), out string? problem, out string? warning))
        {
            Assert.Null(warning);
            if (problem is null)
            {
                UseAll(store, loop);
                return null;
            }

            Assert.StartsWith($"data: {_folder} cannot be used: ", problem, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', problem);
            Assert.Equal(data, ReadShared(Database));
            Assert.Equal(log, ReadShared(Database + "-wal"));
            return problem;
        }
    }

    /// <summary>Looks at what is there as <c>--check</c> does, and asserts that nothing is changed.</summary>
    public string? Check()
    {
        (byte[] data, byte[] log) = (ReadShared(Database), ReadShared(Database + "-wal"));
        StoreInspection.Check(Options, out string? problem);
        Assert.DoesNotContain('\n', problem ?? "");
        Assert.Equal(data, ReadShared(Database));
        Assert.Equal(log, ReadShared(Database + "-wal"));
        return problem;
    }

    /// <summary>The bytes of a file that may be open; none where there is none.</summary>
    public static byte[] ReadShared(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Asks for everything and writes something of everything: each question is answered, whatever the answer is.</summary>
    public static void UseAll(SqliteStore store, EventLoop loop)
    {
        try
        {
            store.Load();
        }
        catch (StoreException)
        {
            // The server does not start then, and says why.
            return;
        }

        Task[] asked = StoredThings.AskAll(store);
        for (int i = 0; i < 8; i++)
        {
            store.WriteOnce();
            loop.Turn();
            store.ReadOnce();
            loop.Turn();
        }

        Assert.All(asked, task => Assert.True(task.IsCompletedSuccessfully));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Most of it is in the file, the rest in the log.
    private static void Fill(StoreUnderTest test)
    {
        StoredThings.Write(test);
        for (int i = 0; i < 150; i++)
        {
            test.Say($"line number {i} with the word w{i * 7919 % 97}", i % 3 == 0 ? "bob" : "alice", 1 + (i % 2));
        }

        test.Run();
        using (SqliteDatabase other = SqliteDatabase.Open(test.Database, SqliteMode.Write))
        {
            // Without a look at the file first it does not know that there is a log.
            other.Number("SELECT count(*) FROM line");
            other.Checkpoint(SQLitePCL.raw.SQLITE_CHECKPOINT_PASSIVE, out int pages, out int moved);
            Assert.True(pages > 0 && moved == pages);
        }

        test.Say("the last but one");
        test.Run();
        test.Say("the last one");
        test.Run();
    }
}
