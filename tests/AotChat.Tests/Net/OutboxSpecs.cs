using AotChat.Net;

namespace AotChat.Tests.Net;

/// <summary>What waits for a reader.</summary>
public sealed class OutboxSpecs
{
    [Fact]
    public void Bytes_come_out_in_order_however_they_are_taken()
    {
        Outbox outbox = default;
        Random random = new(1);
        byte next = 0;
        byte expected = 0;
        for (int round = 0; round < 2_000; round++)
        {
            byte[] line = new byte[random.Next(1, 300)];
            for (int i = 0; i < line.Length; i++)
            {
                line[i] = next++;
            }

            Assert.True(outbox.TryAppend(line, int.MaxValue));
            int taken = random.Next(0, outbox.Count + 1);
            foreach (byte value in outbox.Pending[..taken])
            {
                Assert.Equal(expected++, value);
            }

            outbox.Consume(taken);
        }

        outbox.Clear();
    }

    [Fact]
    public void What_would_pass_the_limit_is_refused_whole()
    {
        Outbox outbox = default;
        Assert.True(outbox.TryAppend(new byte[60], 100));

        Assert.False(outbox.TryAppend(new byte[41], 100));

        Assert.Equal(60, outbox.Count);
        Assert.True(outbox.TryAppend(new byte[40], 100));
    }

    [Fact]
    public void An_empty_outbox_holds_nothing()
    {
        Outbox outbox = default;
        outbox.TryAppend("line\n"u8, 100);
        outbox.Consume(5);

        Assert.Equal(default, outbox);
    }
}
