using AotChat.Connections;
using AotChat.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AotChat.Protocols.Foreign;

/// <summary>SSH, whose client begins with its version, <c>SSH-2.0-OpenSSH_9.2</c> (RFC 4253, 4.2).</summary>
internal sealed class SshProtocol(ChatCounters counters, LogThrottle log, ILogger logger) : RefusedProtocol(counters, log, logger)
{
    /// <inheritdoc/>
    public override string Name => "SSH";

    /// <summary>A client shows what stands in front of a server's version.</summary>
    public override ReadOnlySpan<byte> Answer => "This is a chat server, not an SSH server. Join with nc or telnet, then type help.\r\n"u8;

    private static ReadOnlySpan<byte> Start => "SSH-"u8;

    /// <inheritdoc/>
    public override ProtocolMatch Match(ReadOnlySpan<byte> first) =>
        first.StartsWith(Start) ? ProtocolMatch.Mine
        : Start.StartsWith(first) ? ProtocolMatch.Wait
        : ProtocolMatch.NotMine;
}
