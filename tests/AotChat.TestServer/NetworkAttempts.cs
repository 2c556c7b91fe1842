using System.Net;
using System.Net.Sockets;

namespace AotChat.Jobs;

/// <summary>What a job would do that wants out.</summary>
internal static class NetworkAttempts
{
    /// <summary>All of them, from a thread of the pool: what works, with commas between.</summary>
    public static Task<string> AllAsync(int port) => Task.Run(() => string.Join(", ", Working(port).DefaultIfEmpty("nothing")));

    private static IEnumerable<string> Working(int port)
    {
        if (Works(() => Connect(port)))
        {
            yield return "connect";
        }

        if (Works(Listen))
        {
            yield return "listen";
        }

        if (Works(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp).Dispose()))
        {
            yield return "udp";
        }

        if (Works(() => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified).Dispose()))
        {
            yield return "local";
        }
    }

    private static void Connect(int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, port);
    }

    private static void Listen()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
    }

    private static bool Works(Action attempt)
    {
        try
        {
            attempt();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
