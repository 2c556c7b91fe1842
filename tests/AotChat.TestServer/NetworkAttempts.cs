using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AotChat.Jobs;

/// <summary>What a job would do that wants out.</summary>
internal static partial class NetworkAttempts
{
    private const byte InterNetwork = 2;
    private const int Stream = 1;

    // IPPROTO_MPTCP and MSG_FASTOPEN.
    private const int MultipathTcp = 262;
    private const int FastOpen = 0x2000_0000;

    /// <summary>All of them, from a thread of the pool: what works, with commas between.</summary>
    public static Task<string> AllAsync(int port) => Task.Run(() => string.Join(", ", Working(port).DefaultIfEmpty("nothing")));

    private static IEnumerable<string> Working(int port)
    {
        if (Works(() => Connect(port)))
        {
            yield return "connect";
        }

        if (Works(() => Connect(port, MultipathTcp)))
        {
            yield return "multipath";
        }

        if (Works(() => ConnectBySending(port)))
        {
            yield return "fast open";
        }

        if (Works(() => new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Tcp).Dispose()))
        {
            yield return "raw";
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

        if (Works(() => ConnectAbstract(port)))
        {
            yield return "abstract";
        }
    }

    private static void Connect(int port, int protocol = (int)ProtocolType.Tcp)
    {
        int descriptor = Open(InterNetwork, Stream, protocol);
        if (descriptor < 0)
        {
            throw new SocketException();
        }

        using Socket socket = new(new SafeSocketHandle(descriptor, ownsHandle: true));
        socket.Connect(IPAddress.Loopback, port);
    }

    // The connection is made by what is sent over it, without connect(2).
    private static void ConnectBySending(int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Span<byte> address = stackalloc byte[16];
        address[0] = InterNetwork;
        address[2] = (byte)(port >> 8);
        address[3] = (byte)port;
        IPAddress.Loopback.TryWriteBytes(address[4..], out _);
        if (SendTo((int)socket.Handle, "\n"u8, 1, FastOpen, address, address.Length) < 0)
        {
            throw new SocketException();
        }
    }

    private static void ConnectAbstract(int port)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint($"\0aotchat-{port}"));
    }

    private static void Listen()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Open(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    private static partial nint SendTo(int socket, ReadOnlySpan<byte> bytes, nint count, int flags, ReadOnlySpan<byte> address, int addressLength);

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
