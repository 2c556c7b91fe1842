namespace AotChat.Tests.Store;

/// <summary>A file that is damaged while the store has it open: the chat goes on, and the store says that there is a problem.</summary>
public sealed class StoreDamageUnderneathSpecs : IDisposable
{
    private readonly StoreUnderTest _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public void A_file_that_is_overwritten_underneath_is_a_problem_and_talk_waits()
    {
        Fill();
        Overwrite(0x77, 0, int.MaxValue);
        Goad();

        Assert.NotNull(_test.Store.Problem);
        Assert.False(_test.Answer(_test.Store.TryWriteAsync(new AotChat.Chat.StoreChange.RemoveBan(1))));
        long waiting = _test.Store.WaitingBytes;
        _test.Say("this waits");
        _test.Run();
        Assert.True(_test.Store.WaitingBytes > waiting);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    [InlineData(0x0D)]
    public void No_page_that_is_overwritten_underneath_ends_the_writing_or_the_reading(int with)
    {
        Fill();
        int pages = (int)(new FileInfo(_test.Database).Length / 4096);
        for (int page = 0; page < pages; page += 3)
        {
            Overwrite((byte)with, page * 4096, 4096);
            Goad();
        }
    }

    [Fact]
    public void A_file_that_is_cut_off_underneath_ends_neither_the_writing_nor_the_reading()
    {
        Fill();
        for (int i = 0; i < 5; i++)
        {
            using (FileStream file = new(_test.Database, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            {
                file.SetLength(file.Length / 2);
            }

            Goad();
        }
    }

    private void Fill()
    {
        StoredThings.Write(_test);
        for (int i = 0; i < 1000; i++)
        {
            _test.Say($"line {i} about w{i * 7919 % 997}");
        }

        // With nothing of the file in memory, and all of it in the file.
        _test.Restart();
    }

    // Lines, searches, what is too old: everything touches the damage.
    private void Goad()
    {
        Task[] asked = StoredThings.AskAll(_test.Store);
        _test.Options.HistoryDays = 1;
        _test.Time.Advance(TimeSpan.FromDays(1));
        _test.Say("goes on");
        for (int i = 0; i < 3; i++)
        {
            _test.Run();
        }

        Assert.All(asked, task => Assert.True(task.IsCompletedSuccessfully));
    }

    // A file stream of its own would take a lock, and its end would end SQLite's.
    private void Overwrite(byte with, int start, int length)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(_test.Database, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        byte[] bytes = new byte[Math.Clamp(RandomAccess.GetLength(file) - start, 0, length)];
        Array.Fill(bytes, with);
        RandomAccess.Write(file, bytes, start);
    }
}
