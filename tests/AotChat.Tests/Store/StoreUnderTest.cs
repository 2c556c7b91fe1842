using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Loop;
using AotChat.Store;
using AotChat.Tests.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Store;

/// <summary>The store on a real file in a directory of its own, without threads: the test says when it writes and reads.</summary>
internal sealed class StoreUnderTest : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("aotchat-store-").FullName;
    private readonly SimulatedPoller _poller = new();
    private readonly EventLoop _loop;
    private long _number;

    /// <param name="options">The settings; null for the usual ones.</param>
    /// <param name="database">A file that the store begins with a copy of, its write-ahead log included; null for a new one.</param>
    public StoreUnderTest(ChatOptions? options = null, string? database = null)
    {
        Options = options ?? new ChatOptions();
        if (database is not null)
        {
            Directory.CreateDirectory(Folder);
            File.Copy(database, Database);
            if (File.Exists(database + "-wal"))
            {
                File.Copy(database + "-wal", Database + "-wal");
            }
        }

        _loop = new EventLoop(_poller, Time, Log);
        Store = Open();
    }

    public ChatOptions Options { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    public RecordingLogger Log { get; } = new();

    public SqliteStore Store { get; private set; }

    public StoredState State { get; private set; } = StoredState.Empty;

    public string Folder => Path.Combine(_root, "data");

    public string Database => DataDirectory.DatabaseIn(Folder);

    /// <summary>What is thrown at the next commits; null for nothing.</summary>
    public StoreException? Fault { get; set; }

    /// <summary>Ends the store in order and opens it anew.</summary>
    public void Restart()
    {
        Run();
        Reopen();
    }

    /// <summary>Opens the store anew without ending it in order: what is not written yet is lost.</summary>
    public void Reopen()
    {
        Store.Dispose();
        Store = Open();
    }

    /// <summary>Passes on the answers that wait.</summary>
    public void TurnLoop() => _loop.Turn();

    /// <summary>Writes what waits, answers what is asked, and passes the answers on.</summary>
    public void Run()
    {
        for (int i = 0; i < 5; i++)
        {
            Store.WriteOnce();
            _loop.Turn();
            Store.ReadOnce();
            _loop.Turn();
        }
    }

    /// <summary>The answer to something that was asked before.</summary>
    public T Answer<T>(ValueTask<T> asked)
    {
        Task<T> task = asked.AsTask();
        Run();
        Assert.True(task.IsCompleted, "There is no answer.");
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Somebody says something in a room.</summary>
    public long Say(string text, string name = "alice", long room = 1)
    {
        byte[] body = Encoding.UTF8.GetBytes($"{name} {text}");
        Store.KeepLine(new SaidLine(room, ++_number, ChatEventKind.Said, Time.GetUtcNow().Ticks, 0, name.Length, body));
        return _number;
    }

    /// <summary>The texts that a search finds, the newest first.</summary>
    public string[] Search(params string[] words) => Search(new StoredSearch(words, "", [1], 0, long.MaxValue, 0, 100));

    /// <inheritdoc cref="Search(string[])"/>
    public string[] Search(StoredSearch search) => [.. Answer(Store.SearchAsync(search))!.Select(line => Encoding.UTF8.GetString(line.Text))];

    /// <summary>The texts of a room's last lines, in order.</summary>
    public string[] History(long room = 1) =>
        [.. Answer(Store.ReadLinesAsync(room, 1, long.MaxValue, 1000, fromStart: false))!.Lines.Select(line => Encoding.UTF8.GetString(line.Text))];

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private SqliteStore Open()
    {
        SqliteStore store = SqliteStore.Open(_loop, Options, Log, DataDirectory.Open(Folder));
        store.Writer.Groups.Committing = () =>
        {
            if (Fault is not null)
            {
                throw Fault;
            }
        };
        State = store.Load();
        return store;
    }
}
