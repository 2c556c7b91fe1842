using AotChat.Configuration;
using AotChat.Store;

namespace AotChat.Tests.Store;

/// <summary>The write-ahead log stays bounded, whoever reads.</summary>
public sealed class StoreLogSpecs : IDisposable
{
    private static readonly string LongText = new('x', 40_000);

    private readonly StoreUnderTest _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void A_reader_that_does_not_end_makes_talk_wait_before_the_log_grows_without_bound()
    {
        _test.Say("first");
        _test.Run();
        using (SqliteDatabase other = SqliteDatabase.Open(_test.Database, SqliteMode.Read))
        {
            using SqliteStatement reading = other.PrepareOnce("SELECT * FROM sqlite_master");
            Assert.True(reading.Step());
            SayUntilProblem();
            long length = LogBytes;
            Assert.Equal("another program has been reading the file for too long", _test.Store.Problem);
            Assert.InRange(length, ChatOptions.StoreLogBytes, ChatOptions.StoreLogBytes * 3);
            _test.Say("this waits");
            _test.Run();
            Assert.Equal(length, LogBytes);
            Assert.True(_test.Store.WaitingBytes > 0);
            Assert.False(_test.Answer(_test.Store.TryWriteAsync(new AotChat.Chat.StoreChange.RemoveBan(1))));
        }

        _test.Run();
        Assert.Null(_test.Store.Problem);
        Assert.Equal(0, _test.Store.WaitingBytes);
        Assert.Equal("this waits", _test.History()[^1]);
        _test.Say("the log begins anew");
        _test.Run();
        Assert.True(LogBytes <= ChatOptions.StoreLogBytes);
    }

    [Fact]
    public void What_is_forgotten_does_not_make_the_log_long()
    {
        for (int i = 0; i < 1500; i++)
        {
            _test.Say(LongText);
            RunAfter(i);
        }

        _test.Restart();
        _test.Options.HistoryDays = 1;
        _test.Time.Advance(TimeSpan.FromDays(3));
        long longest = 0;
        for (int i = 0; i < 200; i++)
        {
            _test.Run();
            longest = Math.Max(longest, LogBytes);
        }

        Assert.Empty(_test.History());
        Assert.InRange(longest, 0, ChatOptions.StoreLogBytes);
    }

    [Fact]
    public void A_question_that_failed_in_the_middle_does_not_keep_the_log_from_being_moved()
    {
        _test.Answer(_test.Store.KeepMailAsync(StoredThings.Mail, new AotChat.Chat.MailLimits(9, 9, 9, 0)));
        using (SqliteDatabase other = SqliteDatabase.Open(_test.Database, SqliteMode.Write))
        {
            other.Execute("UPDATE mail SET sender_block = x'00'");
        }

        Assert.Null(_test.Answer(_test.Store.ReadMailAsync(1)));
        _test.Say("later");
        _test.Run();
        using (SqliteDatabase other = SqliteDatabase.Open(_test.Database, SqliteMode.Write))
        {
            other.Number("SELECT count(*) FROM line");
            other.Checkpoint(SQLitePCL.raw.SQLITE_CHECKPOINT_PASSIVE, out int pages, out int moved);
            Assert.True(pages > 0 && moved == pages);
        }

        Assert.Null(_test.Answer(_test.Store.ReadMailAsync(1)));
        Assert.Equal(["later"], _test.History());
    }

    private long LogBytes => new FileInfo(_test.Database + "-wal").Length;

    private void SayUntilProblem()
    {
        for (int i = 0; i < 6000 && _test.Store.Problem is null; i++)
        {
            _test.Say(LongText);
            RunAfter(i);
        }
    }

    // Some at once, as many as the queue holds.
    private void RunAfter(int i)
    {
        if (i % 200 == 199)
        {
            _test.Run();
        }
    }
}
