using System.Text;
using AotChat.Connections;
using AotChat.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AotChat.Protocols.Foreign;

/// <summary>HTTP, whose client begins with a request line, <c>GET /path HTTP/1.1</c>.</summary>
/// <param name="mostBytes">The longest request line that is looked at whole, in bytes; a longer one is judged by its beginning.</param>
/// <param name="counters">What is counted.</param>
/// <param name="log">Limits what clients can have logged.</param>
/// <param name="logger">Gets the lines about them.</param>
internal sealed class HttpProtocol(int mostBytes, ChatCounters counters, LogThrottle log, ILogger logger) : RefusedProtocol(counters, log, logger)
{
    // The methods of RFC 9110 and 5789; PRI opens HTTP/2 (RFC 9113, 3.4).
    private static readonly byte[][] Methods =
    [
        .. new[] { "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "PRI" }.Select(Encoding.ASCII.GetBytes),
    ];

    /// <inheritdoc/>
    public override string Name => "HTTP";

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Answer =>
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 79\r\nConnection: close\r\n\r\n"u8 +
        "This is a chat port, not a web server. Join with nc or telnet, then type help.\n"u8;

    /// <inheritdoc/>
    public override ProtocolMatch Match(ReadOnlySpan<byte> first)
    {
        int end = first.IndexOfAny((byte)'\r', (byte)'\n');
        int target = TargetOf(end < 0 ? first : first[..end]);
        if (end >= 0)
        {
            int version = target < 0 ? -1 : first[target..end].IndexOf((byte)' ');
            return version >= 0 && first[(target + version + 1)..end].StartsWith("HTTP/"u8) ? ProtocolMatch.Mine : ProtocolMatch.NotMine;
        }

        if (first.Length > mostBytes)
        {
            return target >= 0 && first[target..] is [(byte)'/', ..] ? ProtocolMatch.Mine : ProtocolMatch.NotMine;
        }

        return target >= 0 || IsBeginOfMethod(first) ? ProtocolMatch.Wait : ProtocolMatch.NotMine;
    }

    private static bool IsBeginOfMethod(ReadOnlySpan<byte> first)
    {
        foreach (byte[] method in Methods)
        {
            if (first.Length <= method.Length && method.AsSpan().StartsWith(first))
            {
                return true;
            }
        }

        return false;
    }

    // Where the target of a request begins; below 0 where the line begins with no method.
    private static int TargetOf(ReadOnlySpan<byte> line)
    {
        foreach (byte[] method in Methods)
        {
            if (line.StartsWith(method) && line.Length > method.Length && line[method.Length] == (byte)' ')
            {
                return method.Length + 1;
            }
        }

        return -1;
    }
}
