namespace AotChat.Transport;

/// <summary>How a silent peer is probed (tcp(7)).</summary>
/// <param name="IdleSeconds">After how many seconds of silence; 0 for never.</param>
/// <param name="IntervalSeconds">The time between two probes.</param>
/// <param name="Probes">How many probes stay without an answer before the peer counts as gone.</param>
internal readonly record struct KeepAlive(int IdleSeconds, int IntervalSeconds, int Probes)
{
    /// <summary>Whether there are probes at all.</summary>
    public bool IsOn => IdleSeconds > 0;
}
