using AotChat.Configuration;
using AotChat.Logging;

namespace AotChat.Tests.Logging;

/// <summary>How many lines wait for the log, and what becomes of the others.</summary>
public sealed class LogQueueSpecs
{
    private readonly LogQueue _queue = new();

    [Fact]
    public void Lines_that_were_taken_leave_their_room_to_others()
    {
        byte[] line = new byte[ChatOptions.LogQueueBytes / 4];
        for (int i = 0; i < 20; i++)
        {
            _queue.Add(line);
            Assert.Equal((line, 0), Take());
        }
    }

    [Fact]
    public void A_queue_takes_bytes_up_to_its_limit_and_not_one_more()
    {
        byte[] half = new byte[ChatOptions.LogQueueBytes / 2];
        _queue.Add(half);
        _queue.Add(half);
        _queue.Add([1]);

        Assert.Equal((half, 1), Take());
        Assert.Equal((half, 0), Take());
    }

    [Fact]
    public void A_queue_takes_lines_up_to_its_limit_and_not_one_more()
    {
        for (int i = 0; i <= ChatOptions.LogQueueLines; i++)
        {
            _queue.Add([1]);
        }

        Assert.Equal(1, Take().Lost);
        for (int i = 1; i < ChatOptions.LogQueueLines; i++)
        {
            Assert.Equal(0, Take().Lost);
        }

        _queue.Close();
        Assert.False(_queue.TryTake(out _, out _));
    }

    [Fact]
    public void A_closed_queue_gives_out_what_waits_and_takes_nothing_more()
    {
        byte[] line = [1];
        _queue.Add(line);
        _queue.Close();
        _queue.Add([2]);

        Assert.Equal((line, 1), Take());
        Assert.False(_queue.TryTake(out _, out _));
        Assert.False(_queue.Pause(TimeSpan.FromMinutes(1)));
    }

    private (byte[] Line, long Lost) Take()
    {
        Assert.True(_queue.TryTake(out byte[] line, out long lost));
        return (line, lost);
    }
}
