using System.Text;

namespace AotChat.Net;

/// <summary>
/// Recognises those who took this for another kind of server by the first thing they send. It matters beyond courtesy:
/// a web page may make a browser send a form here, and its lines must not run as commands.
/// </summary>
internal static class ForeignProtocol
{
    // The methods of RFC 9110 and 5789; PRI opens HTTP/2 (RFC 9113, 3.4).
    private static readonly byte[][] Methods =
    [
        .. new[] { "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "PRI" }.Select(Encoding.ASCII.GetBytes),
    ];

    /// <summary>The answer to an HTTP request.</summary>
    public static ReadOnlySpan<byte> HttpPage =>
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 79\r\nConnection: close\r\n\r\n"u8 +
        "This is a chat port, not a web server. Join with nc or telnet, then type help.\n"u8;

    /// <summary>The answer to an SSH client, which shows what stands in front of a server's version (RFC 4253, 4.2).</summary>
    public static ReadOnlySpan<byte> SshAnswer => "This is a chat server, not an SSH server. Join with nc or telnet, then type help.\r\n"u8;

    private static ReadOnlySpan<byte> SshStart => "SSH-"u8;

    /// <summary>Whether a first line is the version of an SSH client: <c>SSH-2.0-OpenSSH_9.2</c>.</summary>
    public static bool IsSshVersion(ReadOnlySpan<byte> line) => line.StartsWith(SshStart);

    /// <summary>Whether a first line is an HTTP request: <c>GET /path HTTP/1.1</c>.</summary>
    public static bool IsHttpRequest(ReadOnlySpan<byte> line)
    {
        int target = TargetOf(line);
        int version = target < 0 ? -1 : line[target..].IndexOf((byte)' ');
        return version >= 0 && line[(target + version + 1)..].StartsWith("HTTP/"u8);
    }

    /// <summary>Whether a line that is too long to be seen whole begins like one: <c>GET /</c>.</summary>
    public static bool IsHttpStart(ReadOnlySpan<byte> start)
    {
        int target = TargetOf(start);
        return target >= 0 && start[target..] is [(byte)'/', ..];
    }

    /// <summary>Whether so few bytes that no line has ended yet may become a request, or the version of an SSH client.</summary>
    public static bool MayBecomeForeign(ReadOnlySpan<byte> start)
    {
        if (start.Length < SshStart.Length && SshStart.StartsWith(start))
        {
            return true;
        }

        foreach (byte[] method in Methods)
        {
            if (start.Length <= method.Length ? method.AsSpan().StartsWith(start) : TargetOf(start) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the first bytes open a TLS connection: a handshake record of any version (RFC 8446, 5.1).</summary>
    public static bool IsTlsHello(ReadOnlySpan<byte> bytes) => bytes is [0x16, 0x03, ..];

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
