using System.Runtime.InteropServices;

namespace AotChat.Native;

/// <summary>
/// Sockets as bare descriptors: socket(2), getsockopt(2), bind(2), listen(2), accept(2), recv(2), send(2), shutdown(2). Linux only; the
/// numbers are those of its generic ABI, which every machine has that .NET runs on.
/// </summary>
internal static partial class SocketCalls
{
    /// <summary>SOCK_STREAM.</summary>
    public const int Stream = 1;

    /// <summary>SOCK_NONBLOCK | SOCK_CLOEXEC.</summary>
    public const int NonBlockingCloseOnExec = 0x800 | 0x80000;

    /// <summary>MSG_NOSIGNAL: a broken connection is an error, not SIGPIPE.</summary>
    public const int NoSignal = 0x4000;

    /// <summary>MSG_PEEK: what is read stays there.</summary>
    public const int Peek = 0x2;

    /// <summary>MSG_TRUNC: on TCP, bytes are thrown away without being copied.</summary>
    public const int Discard = 0x20;

    /// <summary>SHUT_WR.</summary>
    public const int ShutdownSend = 1;

    /// <summary>The size of struct sockaddr_storage.</summary>
    public const int AddressSize = 128;

    /// <summary>AF_UNIX.</summary>
    public const int Unix = 1;

    /// <summary>AF_INET.</summary>
    public const int InterNetwork = 2;

    /// <summary>AF_INET6.</summary>
    public const int InterNetworkV6 = 10;

    /// <summary>SOL_SOCKET.</summary>
    public const int SocketLevel = 1;

    /// <summary>SO_REUSEADDR, of <see cref="SocketLevel"/>.</summary>
    public const int ReuseAddress = 2;

    /// <summary>SO_KEEPALIVE, of <see cref="SocketLevel"/>.</summary>
    public const int KeepAlive = 9;

    /// <summary>SO_OOBINLINE, of <see cref="SocketLevel"/>.</summary>
    public const int OutOfBandInline = 10;

    /// <summary>SO_PEERCRED, of <see cref="SocketLevel"/>: who has connected to a Unix socket (unix(7)).</summary>
    public const int PeerCredentials = 17;

    /// <summary>IPPROTO_TCP.</summary>
    public const int TcpLevel = 6;

    /// <summary>TCP_NODELAY, of <see cref="TcpLevel"/>.</summary>
    public const int NoDelay = 1;

    /// <summary>TCP_KEEPIDLE, of <see cref="TcpLevel"/>, in seconds.</summary>
    public const int KeepAliveIdle = 4;

    /// <summary>TCP_KEEPINTVL, of <see cref="TcpLevel"/>, in seconds.</summary>
    public const int KeepAliveInterval = 5;

    /// <summary>TCP_KEEPCNT, of <see cref="TcpLevel"/>.</summary>
    public const int KeepAliveCount = 6;

    /// <summary>IPPROTO_IPV6.</summary>
    public const int InternetV6Level = 41;

    /// <summary>IPV6_V6ONLY, of <see cref="InternetV6Level"/>.</summary>
    public const int V6Only = 26;

    /// <summary>EINTR.</summary>
    public const int Interrupted = 4;

    /// <summary>EBADF.</summary>
    public const int BadDescriptor = 9;

    /// <summary>EAGAIN.</summary>
    public const int WouldBlock = 11;

    /// <summary>ECONNRESET: the peer has closed without reading everything.</summary>
    public const int ConnectionReset = 104;

    /// <summary>ENOMEM.</summary>
    public const int NoMemory = 12;

    /// <summary>EINVAL.</summary>
    public const int Invalid = 22;

    /// <summary>ENFILE.</summary>
    public const int SystemFiles = 23;

    /// <summary>EMFILE.</summary>
    public const int ProcessFiles = 24;

    /// <summary>ENOTSOCK.</summary>
    public const int NotSocket = 88;

    /// <summary>EAFNOSUPPORT.</summary>
    public const int FamilyNotSupported = 97;

    /// <summary>EADDRINUSE.</summary>
    public const int AddressInUse = 98;

    /// <summary>EADDRNOTAVAIL.</summary>
    public const int AddressNotAvailable = 99;

    /// <summary>ENOBUFS.</summary>
    public const int NoBuffers = 105;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Open(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int socket, int level, int option, in int value, int length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(int socket, int level, int option, out Credentials value, ref int length);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int socket, ReadOnlySpan<byte> address, int addressLength);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    public static partial int Listen(int socket, int backlog);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    public static partial int GetName(int socket, Span<byte> address, ref int addressLength);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    public static partial int Accept(int listener, Span<byte> address, ref int addressLength, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, Span<byte> buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, ReadOnlySpan<byte> buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    public static partial int Shutdown(int socket, int how);

    /// <summary>struct ucred: who was at the other end when it connected.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Credentials
    {
        public int Process;
        public uint User;
        public uint Group;
    }
}
