using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Loop;
using AotChat.Store;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Store;

/// <summary>Lines that are too old or too many go, the oldest first, and no others.</summary>
public sealed class StoreRetentionSpecs : IDisposable
{
    private readonly StoreUnderTest _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void Lines_go_that_are_older_than_the_days_and_the_search_forgets_them()
    {
        _test.Say("ancient word");
        _test.Say("ancient too", room: 2);
        _test.Time.Advance(TimeSpan.FromDays(1));
        _test.Say("younger word");
        _test.Run();
        _test.Options.HistoryDays = 2;
        _test.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        _test.Run();

        Assert.Equal(["younger word"], _test.History());
        Assert.Empty(_test.History(room: 2));
        Assert.Equal(["younger word"], _test.Search("word"));
        Assert.Empty(_test.Search("ancient"));
        Assert.Null(_test.Store.Problem);
    }

    [Fact]
    public void A_file_that_is_too_large_loses_its_oldest_lines_and_shrinks()
    {
        StoredThings.Write(_test);
        long last = SayMany(6000);
        long before = new FileInfo(_test.Database).Length;
        long limit = before / 2;
        _test.Options.HistoryStoreBytes = limit;
        Look();
        _test.Restart();

        long after = new FileInfo(_test.Database).Length;

        // What is forgotten stays in the search's index for a while, and more has to go for it.
        Assert.InRange(after, limit * 4 / 10, limit);
        StoredPage page = _test.Answer(_test.Store.ReadLinesAsync(1, 1, long.MaxValue, 10_000, fromStart: true))!;
        Assert.Equal(last, page.Last);
        Assert.Equal(Enumerable.Range((int)page.First, (int)(last - page.First + 1)).Select(number => (long)number), page.Lines.Select(line => line.Number));
        Assert.Equal(page.Lines.Count, _test.Search(new StoredSearch(["line"], "", [1], 0, long.MaxValue, 0, 10_000)).Length);
        StoredThings.AssertAllThere(_test);
    }

    [Fact]
    public void Long_lines_that_go_first_take_no_more_short_ones_along_than_needed()
    {
        for (int i = 0; i < 200; i++)
        {
            _test.Say(new string('x', 10_000));
        }

        SayMany(2500);
        long before = new FileInfo(_test.Database).Length;
        _test.Options.HistoryStoreBytes = before - 1_000_000;
        Look();
        _test.Restart();

        long oldest = _test.Answer(_test.Store.ReadLinesAsync(1, 1, long.MaxValue, 1, fromStart: true))!.First;
        Assert.InRange(oldest, 50, 200);
    }

    [Fact]
    public void A_file_that_stays_under_the_limits_loses_nothing()
    {
        SayMany(5000);
        Look();

        Assert.Equal(1, _test.Answer(_test.Store.ReadLinesAsync(1, 1, long.MaxValue, 1, fromStart: true))!.First);
    }

    [Fact]
    public void A_disk_that_fails_in_the_middle_of_forgetting_forgets_all_of_it_later()
    {
        SayMany(600);
        using (SqliteDatabase other = SqliteDatabase.Open(_test.Database, SqliteMode.Write))
        {
            other.Execute("CREATE TRIGGER full BEFORE DELETE ON line WHEN old.number = 100 BEGIN SELECT RAISE(ABORT, 'full'); END");
        }

        _test.Options.HistoryDays = 1;
        _test.Time.Advance(TimeSpan.FromDays(2));
        _test.Run();
        Assert.NotNull(_test.Store.Problem);
        using (SqliteDatabase other = SqliteDatabase.Open(_test.Database, SqliteMode.Write))
        {
            other.Execute("DROP TRIGGER full");
        }

        _test.Run();
        Assert.Null(_test.Store.Problem);
        Assert.Empty(_test.History());
    }

    [Fact]
    public async Task A_store_in_memory_is_bounded_and_answers_everything_else_too()
    {
        ChatOptions options = new() { HistoryBytes = 300_000 };
        using EventLoop loop = new(new SimulatedPoller(), _test.Time, _test.Log);
        using SqliteStore store = SqliteStore.Open(loop, options, _test.Log, null);
        void Run()
        {
            for (int i = 0; i < 30; i++)
            {
                store.WriteOnce();
                loop.Turn();
            }
        }

        for (int i = 1; i <= 10_000; i++)
        {
            store.KeepLine(new SaidLine(1, i, ChatEventKind.Said, i, 0, 5, "alice said a word"u8));
            if (i % 250 == 0)
            {
                Run();
            }
        }

        Task[] asked = StoredThings.AskAll(store);
        Task<string?> backup = store.BackupAsync("a").AsTask();
        Task<StoredPage?> lines = store.ReadLinesAsync(1, 1, long.MaxValue, 20_000, fromStart: true).AsTask();
        Run();

        Assert.All([.. asked, backup, lines], task => Assert.True(task.IsCompletedSuccessfully));
        Assert.Equal("nothing is kept on disk here (option data)", await backup);
        Assert.Null(store.Problem);
        StoredPage page = (await lines)!;
        Assert.InRange(page.Lines.Count, 500, 6_000);
        Assert.Equal(100_000, page.Last);
    }

    [Fact]
    public void A_store_in_memory_that_takes_nothing_answers_its_questions_too()
    {
        using EventLoop loop = new(new SimulatedPoller(), _test.Time, _test.Log);
        using SqliteStore store = SqliteStore.Open(loop, new ChatOptions(), _test.Log, null);
        store.Writer.Groups.Committing = () => throw new StoreException(SQLitePCL.raw.SQLITE_NOMEM, "fault");
        Task[] asked = StoredThings.AskAll(store);
        for (int i = 0; i < 5; i++)
        {
            store.WriteOnce();
            loop.Turn();
        }

        Assert.All(asked, task => Assert.True(task.IsCompletedSuccessfully));
    }

    private long SayMany(int count)
    {
        long last = 0;
        for (int i = 0; i < count; i++)
        {
            last = _test.Say($"line {i} about w{i * 7919 % 997} and v{i * 104729 % 1009}");
            if (i % 250 == 0)
            {
                _test.Run();
            }
        }

        _test.Restart();
        return last;
    }

    // Time enough for several looks.
    [Fact]
    public void The_audit_keeps_its_last_entries()
    {
        using StoreUnderTest test = new();
        using (SqliteDatabase file = SqliteDatabase.Open(test.Database, SqliteMode.Write))
        {
            file.Execute(
                $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ChatOptions.AuditEntriesKept + 500}) "
                + "INSERT INTO audit SELECT i, 1, 'a', 0, '', 'ban', '', '', '', '', '', 0 FROM n");
        }

        test.Restart();
        test.Run();

        Assert.Empty(test.Answer(test.Store.FindAuditAsync(500))!);
        Assert.Single(test.Answer(test.Store.FindAuditAsync(501))!);
    }

    private void Look()
    {
        for (int i = 0; i < 5; i++)
        {
            _test.Time.Advance(ChatOptions.StoreLookPause);
            for (int j = 0; j < 20; j++)
            {
                _test.Run();
            }
        }
    }
}
