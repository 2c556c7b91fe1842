namespace AotChat.Transport;

/// <summary>How a silent peer is probed after the idle time of the option <c>keepalive</c> (tcp(7)).</summary>
internal static class KeepAlive
{
    /// <summary>The time between two probes.</summary>
    public const int IntervalSeconds = 10;

    /// <summary>How many probes stay without an answer before the peer counts as gone.</summary>
    public const int Probes = 3;
}
