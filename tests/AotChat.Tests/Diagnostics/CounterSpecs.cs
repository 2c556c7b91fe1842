using System.Diagnostics.Metrics;
using AotChat.Configuration;
using AotChat.Diagnostics;
using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Diagnostics;

/// <summary>What the server counts, and where one can see it.</summary>
public sealed class CounterSpecs
{
    private readonly SimulatedChat _chat = new(new ChatOptions
    {
        MaxConnections = 4,
        MaxConnectionsPerAddress = 1,
        AcceptRatePerAddress = 2,
        FloodBurst = 5,
        FloodRate = 1,
        OutboxSoftBytes = 100,
        StuckSeconds = 30,
    });

    [Fact]
    public void Stats_shows_what_happened()
    {
        Live();

        SimulatedClient reader = _chat.Connect();
        string[] lines = reader.Type("stats").ReadTexts();

        Assert.Equal("Connections: 3 now, 4 so far", lines[0]);
        Assert.Equal("Refused: 0 server full, 1 too many from one address, 1 too fast, 1 not chat", lines[1]);
        Assert.Equal("Disconnected: 0 not reading, 0 idle, 0 sent too much", lines[2]);
        Assert.Matches(@"^Lines: 11 in, \d+ out, 1 pauses for too many at once$", lines[3]);
        Assert.Equal("Deliveries: 2 made, 3 missed, 1 refused", lines[4]);
        Assert.Matches(@"^Bytes: \d+ in, \d+ out, \d+ held of input, \d+ held for slow readers$", lines[5]);
        Assert.Equal("Rooms: 0 open, 0 lines of history in 0 bytes", lines[6]);
        Assert.Matches(@"^Loop: \d+ turns, longest \d+ microseconds$", lines[7]);
        Assert.Equal("Store: everything can be written, 0 bytes wait, 0 lines lost", lines[8]);
    }

    [Fact]
    public void A_collector_in_the_process_sees_every_counter()
    {
        Live();
        using ChatMeter meter = new(_chat.Server.Counters);
        Dictionary<string, long> seen = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == ChatMeter.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            seen[tags.Length == 0 ? instrument.Name : $"{instrument.Name}:{tags[0].Value}"] = value);
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => seen[instrument.Name] = 1);
        listener.Start();
        listener.RecordObservableInstruments();

        ChatCounters counters = _chat.Server.Counters;
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["aotchat.connections"] = counters.Connections,
                ["aotchat.connections.accepted"] = counters.Accepted,
                ["aotchat.connections.refused:full"] = 0,
                ["aotchat.connections.refused:address"] = 1,
                ["aotchat.connections.refused:rate"] = 1,
                ["aotchat.connections.refused:protocol"] = 1,
                ["aotchat.connections.refused:unwanted"] = 0,
                ["aotchat.connections.dropped:not_reading"] = 0,
                ["aotchat.connections.dropped:idle"] = 0,
                ["aotchat.connections.dropped:input"] = 0,
                ["aotchat.lines.received"] = counters.LinesIn,
                ["aotchat.lines.sent"] = counters.LinesOut,
                ["aotchat.bytes.received"] = counters.BytesIn,
                ["aotchat.bytes.sent"] = counters.BytesOut,
                ["aotchat.deliveries"] = counters.Deliveries,
                ["aotchat.deliveries.missed"] = 3,
                ["aotchat.deliveries.refused"] = 1,
                ["aotchat.flood.pauses"] = 1,
                ["aotchat.inbox.size"] = counters.InboxBytes,
                ["aotchat.outbox.size"] = counters.OutboxBytes,
                ["aotchat.loop.turns"] = counters.Loop.Turns,
                ["aotchat.loop.longest_turn"] = 1,
            },
            seen);
    }

    // One of everything: a reader that stops, one that floods, one of an address too many, one too fast, a browser.
    private void Live()
    {
        PeerAddress far = PeerAddress.FromV4([192, 0, 2, 1], 1);
        SimulatedClient slow = _chat.Connect(peer: far);
        SimulatedClient sender = _chat.Connect();
        _chat.Connect(peer: far, readWelcome: false);
        _chat.Connect(peer: far, readWelcome: false);
        _chat.Connect().Send("GET / HTTP/1.1\r\n\r\n");

        slow.Transport.Window = 0;
        sender.Type("broadcast 1", "broadcast 2", "broadcast 3").Type("broadcast 4");
        sender.Type("broadcast 5");
        _chat.Advance(TimeSpan.FromSeconds(10));
        sender.Type("msg u1000 hello");
        sender.Type("bar", "bar", "bar", "bar", "bar");
    }
}
