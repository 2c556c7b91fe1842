using System.Text;
using AotChat.Configuration;
using AotChat.Diagnostics;
using AotChat.Protocols.Terminal;
using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>What waits for a reader, and where it lies.</summary>
public sealed class OutboxSpecs
{
    private readonly ChatCounters _counters = new(new LoopStatistics());
    private readonly ComposedLines _lines = new(TimeProvider.System);
    private readonly SimulatedTransport _peer = new(new SimulatedPoller());
    private readonly OutboxBudget _budget;
    private Outbox _outbox;

    public OutboxSpecs() => _budget = new OutboxBudget(new ChatOptions(), _counters);

    [Fact]
    public void Lines_come_out_in_order_however_they_are_taken()
    {
        Random random = new(1);
        StringBuilder expected = new();
        StringBuilder read = new();
        for (int turn = 0; turn < 2_000; turn++)
        {
            for (int i = random.Next(4); i > 0; i--)
            {
                Line line = Compose(new string((char)('a' + random.Next(26)), random.Next(1, 200)));
                if (random.Next(3) > 0)
                {
                    _outbox.Append(line, _lines.Encoders.Usual, _budget);
                    expected.Append(Encoding.ASCII.GetString(_lines.Bytes(line)));
                }
            }

            _peer.Window = random.Next(0, 400);
            Assert.NotEqual(TransportStatus.Broken, _outbox.Flush(_peer, _lines.Encoders.Usual, _budget, out _));
            read.Append(Encoding.ASCII.GetString(_peer.Read()));
            _lines.Reset();
        }

        _peer.Window = int.MaxValue;
        _outbox.Flush(_peer, _lines.Encoders.Usual, _budget, out _);
        read.Append(Encoding.ASCII.GetString(_peer.Read()));
        Assert.Equal(expected.ToString(), read.ToString());
        Assert.Equal(0, _counters.OutboxBytes);
    }

    [Fact]
    public void Lines_in_a_row_are_sent_at_once_from_where_they_were_made()
    {
        _outbox.Append(Compose("one"), _lines.Encoders.Usual, _budget);
        _outbox.Append(Compose("two"), _lines.Encoders.Usual, _budget);

        Assert.False(_outbox.HoldsBuffer);
        Assert.Equal(TransportStatus.Done, _outbox.Flush(_peer, _lines.Encoders.Usual, _budget, out int sent));
        Assert.Equal(1, _peer.Sends);
        Assert.Equal(_lines.Encoders.Usual.Count, sent);
    }

    [Fact]
    public void Bytes_of_another_protocol_keep_their_place()
    {
        _outbox.Append(Compose("one"), _lines.Encoders.Usual, _budget);
        _outbox.Append("raw"u8, _lines.Encoders.Usual, _budget);
        _outbox.Append(Compose("two"), _lines.Encoders.Usual, _budget);
        _outbox.Flush(_peer, _lines.Encoders.Usual, _budget, out _);

        Assert.Matches(@"^\[.*\] one\nraw\[.*\] two\n$", Encoding.ASCII.GetString(_peer.Read()));
    }

    [Fact]
    public void Bytes_that_the_peer_does_not_take_count_until_it_takes_them()
    {
        _peer.Window = 10;
        _outbox.Append(Compose("one"), _lines.Encoders.Usual, _budget);
        Assert.Equal(TransportStatus.WouldBlock, _outbox.Flush(_peer, _lines.Encoders.Usual, _budget, out int sent));

        Assert.Equal(10, sent);
        Assert.Equal(_lines.Encoders.Usual.Count - 10, _outbox.Count);
        Assert.True(_counters.OutboxBytes >= _outbox.Count);

        _peer.Window = int.MaxValue;
        Assert.Equal(TransportStatus.Done, _outbox.Flush(_peer, _lines.Encoders.Usual, _budget, out _));
        Assert.Equal(0, _counters.OutboxBytes);
        Assert.Equal(default, _outbox);
    }

    [Fact]
    public void Bytes_that_are_thrown_away_no_longer_count()
    {
        _peer.Window = 0;
        _outbox.Append(Compose("one"), _lines.Encoders.Usual, _budget);
        _outbox.Flush(_peer, _lines.Encoders.Usual, _budget, out _);

        _outbox.Clear(_budget);

        Assert.Equal(0, _counters.OutboxBytes);
        Assert.Equal(default, _outbox);
    }

    [Fact]
    public void A_reader_that_always_lags_a_little_takes_no_more_memory_than_that()
    {
        _peer.Window = 0;
        for (int turn = 0; turn < 1_000; turn++)
        {
            Line line = Compose(new string('x', 100));
            _outbox.Append(line, _lines.Encoders.Usual, _budget);
            Assert.NotEqual(TransportStatus.Broken, _outbox.Flush(_peer, _lines.Encoders.Usual, _budget, out _));
            _peer.Read();
            _peer.Window = turn < 3 ? 0 : line.Length;
            _lines.Reset();
        }

        Assert.InRange(_outbox.Count, 1, 1_000);
        Assert.InRange(_counters.OutboxBytes, _outbox.Count, 2_048);
    }

    private Line Compose(string text) => _lines.Compose(text);
}
