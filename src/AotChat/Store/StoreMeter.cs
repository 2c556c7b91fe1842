using System.Diagnostics.Metrics;

namespace AotChat.Store;

/// <summary>
/// Whether the disk takes what is written, and what waits for it, as instruments of a <see cref="Meter"/>. Nothing is measured
/// before somebody asks, from whatever thread.
/// </summary>
internal sealed class StoreMeter : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "AotChat.Store";

    private readonly Meter _meter = new(Name);

    public StoreMeter(SqliteStore store)
    {
        _meter.CreateObservableGauge("aotchat.store.healthy", () => store.Problem is null ? 1 : 0, null, "1 where everything can be written, else 0");
        _meter.CreateObservableUpDownCounter("aotchat.store.waiting", () => store.WaitingBytes, "By", "What waits to be written");
        _meter.CreateObservableCounter("aotchat.store.lost", () => store.LostLines, "{line}", "Lines that found no room while the disk failed");
    }

    public void Dispose() => _meter.Dispose();
}
