using System.Diagnostics.Metrics;

namespace AotChat.Diagnostics;

/// <summary>
/// <see cref="ChatCounters"/> as instruments of a <see cref="Meter"/>, for whatever collects those in this process.
/// Nothing is measured before somebody asks, and asking costs the event loop nothing.
/// </summary>
internal sealed class ChatMeter : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "AotChat";

    private readonly Meter _meter = new(Name);

    public ChatMeter(ChatCounters counters)
    {
        _meter.CreateObservableUpDownCounter("aotchat.connections", () => counters.Connections, "{connection}", "Open connections");
        Count("aotchat.connections.accepted", () => counters.Accepted, "{connection}", "Connections that became a session");
        _meter.CreateObservableCounter(
            "aotchat.connections.refused",
            () => new Measurement<long>[]
            {
                new(counters.RefusedFull, Reason("full")),
                new(counters.RefusedAddress, Reason("address")),
                new(counters.RefusedRate, Reason("rate")),
                new(counters.RefusedProtocol, Reason("protocol")),
                new(counters.RefusedUnwanted, Reason("unwanted")),
            },
            "{connection}",
            "Connections refused, by reason");
        _meter.CreateObservableCounter(
            "aotchat.connections.dropped",
            () => new Measurement<long>[] { new(counters.SlowDisconnects, Reason("not_reading")), new(counters.IdleDisconnects, Reason("idle")), new(counters.InputDisconnects, Reason("input")) },
            "{connection}",
            "Sessions that the server ended, by reason");
        Count("aotchat.lines.received", () => counters.LinesIn, "{line}", "Lines received");
        Count("aotchat.lines.sent", () => counters.LinesOut, "{line}", "Lines handed to readers");
        Count("aotchat.bytes.received", () => counters.BytesIn, "By", "Bytes received");
        Count("aotchat.bytes.sent", () => counters.BytesOut, "By", "Bytes sent");
        Count("aotchat.deliveries", () => counters.Deliveries, "{line}", "Lines from others handed to readers");
        Count("aotchat.deliveries.missed", () => counters.Dropped, "{line}", "Broadcast and room lines that slow readers missed");
        Count("aotchat.deliveries.refused", () => counters.Undelivered, "{line}", "Private lines that were refused because the reader was slow");
        Count("aotchat.flood.pauses", () => counters.FloodPauses, "{pause}", "How often reading paused because lines came too fast");
        _meter.CreateObservableUpDownCounter("aotchat.inbox.size", () => counters.InboxBytes, "By", "Buffers held for input that has not run yet");
        _meter.CreateObservableUpDownCounter("aotchat.outbox.size", () => counters.OutboxBytes, "By", "Buffers held for slow readers");
        Count("aotchat.loop.turns", () => counters.Loop.Turns, "{turn}", "Turns of the event loop");
        _meter.CreateObservableGauge("aotchat.loop.longest_turn", () => counters.Loop.LongestTurn.TotalSeconds, "s", "The longest turn of the event loop");
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Reason(string reason) => new("reason", reason);

    private void Count(string name, Func<long> read, string unit, string description) =>
        _meter.CreateObservableCounter(name, read, unit, description);
}
