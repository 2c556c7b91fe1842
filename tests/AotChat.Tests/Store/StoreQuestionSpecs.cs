using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Loop;
using AotChat.Store;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Store;

/// <summary>Every question is answered once, though there are too many, one takes too long, or the store ends.</summary>
public sealed class StoreQuestionSpecs : IDisposable
{
    private readonly StoreUnderTest _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task A_question_beyond_as_many_as_can_wait_is_answered_with_null()
    {
        List<Task<IReadOnlyList<AuditEntry>?>> asked = [.. Enumerable.Range(0, ChatOptions.StoreQueries).Select(_ => _test.Store.ReadAuditAsync(1).AsTask())];
        Task<IReadOnlyList<AuditEntry>?> more = _test.Store.ReadAuditAsync(1).AsTask();

        Assert.True(more.IsCompleted);
        Assert.Null(await more);
        _test.Run();
        Assert.All(asked, task => Assert.True(task.IsCompleted));
        Assert.NotNull(await asked[^1]);
        Assert.NotNull(_test.Answer(_test.Store.ReadAuditAsync(1)));
    }

    [Fact]
    public void A_query_that_takes_too_long_ends_and_the_next_one_works()
    {
        using SqliteDatabase database = SqliteDatabase.Open(":memory:", SqliteMode.Create);
        database.Execute("CREATE TABLE number (n INTEGER); INSERT INTO number VALUES (1), (2), (3)");
        database.LimitQueries(TimeSpan.FromTicks(1));
        SqliteStatement endless = database.Prepare("WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up) SELECT count(*) FROM up");
        SqliteStatement quick = database.Prepare("SELECT max(n) FROM number");
        database.StartClock();

        Assert.True(Assert.Throws<StoreException>(() => endless.Scalar()).IsInterrupted);
        database.StartClock();
        Assert.Equal(3, quick.Scalar());
        database.StartClock();
        Assert.True(Assert.Throws<StoreException>(() => endless.Scalar()).IsInterrupted);
    }

    [Fact]
    public void A_search_that_takes_too_long_is_answered_with_null_and_the_next_one_works()
    {
        for (int i = 0; i < 2000; i++)
        {
            _test.Say("much the same");
        }

        for (int i = 0; i < 5; i++)
        {
            _test.Run();
        }

        _test.Store.LimitQueries(TimeSpan.FromTicks(1));
        Assert.Null(_test.Answer(_test.Store.SearchAsync(new StoredSearch(["same"], "", [1], 0, long.MaxValue, 1900, 100))));
        Assert.Contains(_test.Log.Entries, entry => entry.Message.Contains("it took too long", StringComparison.Ordinal));
        _test.Store.LimitQueries(ChatOptions.StoreQueryLimit);
        Assert.Equal(100, _test.Search("same").Length);
    }

    [Fact]
    public async Task Questions_that_wait_when_the_store_ends_are_answered_with_null()
    {
        Task<IReadOnlyList<AuditEntry>?> waits = _test.Store.ReadAuditAsync(1).AsTask();
        _test.Store.Dispose();
        Task<IReadOnlyList<AuditEntry>?> late = _test.Store.ReadAuditAsync(1).AsTask();
        _test.Reopen();
        _test.Run();

        Assert.True(waits.IsCompleted);
        Assert.True(late.IsCompleted);
        Assert.Null(await waits);
        Assert.Null(await late);
    }

    [Fact]
    public void A_row_that_is_damaged_is_a_question_without_an_answer_and_the_next_one_works()
    {
        StoredThings.Write(_test);
        using (SqliteDatabase other = SqliteDatabase.Open(_test.Database, SqliteMode.Write))
        {
            other.Execute("UPDATE mail SET sender_block = x'00'");
        }

        Assert.Null(_test.Answer(_test.Store.ReadMailAsync(1)));
        Assert.Single(_test.Answer(_test.Store.ReadAuditAsync(9))!);
        Assert.Null(_test.Answer(_test.Store.ReadMailAsync(1)));
        Assert.Empty(_test.Answer(_test.Store.ReadMailAsync(2))!);
    }

    [Theory]
    [InlineData("UPDATE account SET ignored = 'x'")]
    [InlineData("UPDATE account SET rooms = 5, ignored = '99999999999999999999'")]
    [InlineData("UPDATE room SET opener = x'00'")]
    [InlineData("UPDATE room SET voices = '-'")]
    [InlineData("DROP TABLE ban")]
    public void A_row_that_is_damaged_is_told_at_the_start(string damage)
    {
        StoredThings.Write(_test);
        using (SqliteDatabase other = SqliteDatabase.Open(_test.Database, SqliteMode.Write))
        {
            other.Execute(damage);
        }

        Assert.DoesNotContain('\n', Assert.Throws<StoreException>(() => _test.Store.Load()).Reason);
    }

    [Fact]
    public void Threads_that_are_busy_when_the_store_ends_answer_everything_once()
    {
        for (int round = 0; round < 10; round++)
        {
            using EventLoop loop = new(new SimulatedPoller(), TimeProvider.System, _test.Log);
            string folder = Path.Combine(_test.Folder, $"round{round}");
            SqliteStore store = SqliteStore.Open(loop, new ChatOptions(), _test.Log, DataDirectory.Open(folder));
            store.Start();
            Task[] asked = [.. Enumerable.Range(0, 50).SelectMany(_ => StoredThings.AskAll(store))];
            Task<string?> backup = store.BackupAsync("copy").AsTask();
            store.Dispose();
            loop.Turn();
            loop.Turn();

            Assert.All([.. asked, backup], task => Assert.True(task.IsCompletedSuccessfully));
            Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(folder, "backups")), file => file.EndsWith(".part", StringComparison.Ordinal));
            using DataDirectory again = DataDirectory.Open(folder);
        }
    }
}
