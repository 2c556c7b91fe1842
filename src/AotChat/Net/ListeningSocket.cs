using System.Net;
using System.Net.Sockets;

namespace AotChat.Net;

/// <summary>Opens sockets to listen at.</summary>
internal static class ListeningSocket
{
    // Two probes after the idle time, ten seconds apart, before a silent peer counts as gone.
    private const int KeepAliveIntervalSeconds = 10;
    private const int KeepAliveProbes = 3;

    // Read and write for owner and group: who may talk is a matter of the group.
    private const UnixFileMode UnixSocketMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>Binds and listens.</summary>
    /// <exception cref="SocketException">The address can't be bound.</exception>
    /// <exception cref="IOException">The path of a Unix socket belongs to something else, or can't be written.</exception>
    public static Socket Open(EndPoint endPoint, int backlog, int keepAliveSeconds)
    {
        bool isUnix = endPoint is UnixDomainSocketEndPoint;
        Socket socket = new(endPoint.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            socket.Blocking = false;
            if (isUnix)
            {
                BindUnix(socket, (UnixDomainSocketEndPoint)endPoint);
            }
            else
            {
                if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
                {
                    // Each address stands for itself: «0.0.0.0,::» binds both.
                    socket.DualMode = false;
                }

                // Linux hands these on to every connection.
                SetConnectionOptions(socket, keepAliveSeconds);
                socket.Bind(endPoint);
            }

            socket.Listen(backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>What every TCP connection has: no delay, and probes where it is silent for long.</summary>
    public static void SetConnectionOptions(Socket socket, int keepAliveSeconds)
    {
        if (socket.AddressFamily == AddressFamily.Unix)
        {
            return;
        }

        // Lines are flushed once a turn, so there is nothing to wait for; with Nagle's algorithm p99 is 18 ms worse.
        socket.NoDelay = true;

        // A telnet client sends the end of an interrupt as urgent data, which would be missing between the others.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.OutOfBandInline, true);
        if (keepAliveSeconds > 0)
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, keepAliveSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveIntervalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
        }
    }

    private static void BindUnix(Socket socket, UnixDomainSocketEndPoint endPoint)
    {
        string path = endPoint.ToString();
        RemoveStale(path, endPoint);
        socket.Bind(endPoint);

        // Nobody can connect between the two: it does not listen yet.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixSocketMode);
        }
    }

    // A server that was killed leaves its file behind; one that is alive answers.
    private static void RemoveStale(string path, UnixDomainSocketEndPoint endPoint)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(endPoint);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            if (!IsSocket(path))
            {
                throw new IOException("there is a file that is not a socket");
            }

            File.Delete(path);
            return;
        }

        throw new IOException("another server listens there");
    }

    // .NET knows no name for sockets; they are what is neither a plain file nor anything else that can be opened.
    private static bool IsSocket(string path)
    {
        try
        {
            File.OpenHandle(path).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
