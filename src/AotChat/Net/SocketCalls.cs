using System.Runtime.InteropServices;

namespace AotChat.Net;

/// <summary>
/// The system calls behind <see cref="DescriptorTransport"/> and <see cref="DescriptorAcceptor"/>: accept4(2), recv(2),
/// send(2), shutdown(2), close(2). Linux only; the numbers are those of its generic ABI.
/// </summary>
internal static partial class SocketCalls
{
    /// <summary>SOCK_NONBLOCK | SOCK_CLOEXEC.</summary>
    public const int NonBlockingCloseOnExec = 0x800 | 0x80000;

    /// <summary>MSG_NOSIGNAL: a broken connection is an error, not SIGPIPE.</summary>
    public const int NoSignal = 0x4000;

    /// <summary>MSG_TRUNC: on TCP, bytes are thrown away without being copied.</summary>
    public const int Discard = 0x20;

    /// <summary>SHUT_WR.</summary>
    public const int ShutdownSend = 1;

    /// <summary>The size of struct sockaddr_storage.</summary>
    public const int AddressSize = 128;

    /// <summary>AF_INET.</summary>
    public const int InterNetwork = 2;

    /// <summary>AF_INET6.</summary>
    public const int InterNetworkV6 = 10;

    /// <summary>EINTR.</summary>
    public const int Interrupted = 4;

    /// <summary>EBADF.</summary>
    public const int BadDescriptor = 9;

    /// <summary>EAGAIN.</summary>
    public const int WouldBlock = 11;

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

    /// <summary>ENOBUFS.</summary>
    public const int NoBuffers = 105;

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    public static partial int Accept(nint listener, Span<byte> address, ref int addressLength, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, Span<byte> buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, ReadOnlySpan<byte> buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    public static partial int Shutdown(int socket, int how);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);
}
