using AotChat.Connections;
using AotChat.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AotChat.Protocols.Foreign;

/// <summary>TLS, which begins with a handshake record of any version (RFC 8446, 5.1).</summary>
internal sealed class TlsProtocol(ChatCounters counters, LogThrottle log, ILogger logger) : RefusedProtocol(counters, log, logger)
{
    /// <inheritdoc/>
    public override string Name => "TLS";

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Answer => default;

    private static ReadOnlySpan<byte> Start => [0x16, 0x03];

    /// <inheritdoc/>
    public override ProtocolMatch Match(ReadOnlySpan<byte> first) =>
        first.StartsWith(Start) ? ProtocolMatch.Mine
        : Start.StartsWith(first) ? ProtocolMatch.Wait
        : ProtocolMatch.NotMine;
}
