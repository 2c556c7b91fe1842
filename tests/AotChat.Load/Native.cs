using System.Runtime.InteropServices;

namespace AotChat.Load;

/// <summary>The system calls of the generator and the floor. Linux on x86-64 or arm64; the numbers are those of its generic ABI.</summary>
internal static partial class Native
{
    public const int WouldBlock = 11;
    public const int InProgress = 115;
    public const int NoSignal = 0x4000;
    public const int NonBlockingCloseOnExec = 0x800 | 0x80000;
    public const uint In = 0x001;
    public const uint Out = 0x004;
    public const int Add = 1;
    public const int Modify = 3;

    private const int InterNetwork = 2;
    private const int Stream = 1;
    private const int SocketLevel = 1;
    private const int ReuseAddress = 2;
    private const int SocketError = 4;
    private const int ReceiveBufferSize = 8;
    private const int TcpLevel = 6;
    private const int NoDelay = 1;
    private const int MaxSegment = 2;
    private const int OpenFiles = 7;
    private const int IpLevel = 0;
    private const int BindAddressNoPort = 24;

    /// <summary>SIGKILL.</summary>
    public const int SignalKill = 9;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, ReadOnlySpan<byte> bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, Span<byte> buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    public static partial int Accept(int listener, nint address, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, ReadOnlySpan<byte> description);

    // Nanoseconds, where epoll_wait knows milliseconds: a generator that is late can't measure what is early.
    [LibraryImport("libc", EntryPoint = "epoll_pwait2", SetLastError = true)]
    public static partial int EpollWait(int epoll, Span<byte> events, int capacity, ReadOnlySpan<long> timeout, nint mask);

    /// <summary>The time of a clock in nanoseconds.</summary>
    public static long ClockTime(int clock)
    {
        Span<long> time = stackalloc long[2];
        Check(ClockGetTime(clock, time), "clock_gettime");
        return (time[0] * 1_000_000_000) + time[1];
    }

    /// <summary>Begins to connect to a port of this machine.</summary>
    /// <param name="port">The port.</param>
    /// <param name="source">The last byte of the address 127.0.0.X to come from; 0 for any.</param>
    /// <param name="receiveBuffer">How many bytes the kernel takes for a client that does not read; 0 for its own choice.</param>
    public static int Connect(int port, int source = 0, int receiveBuffer = 0)
    {
        int socket = Check(Socket(InterNetwork, Stream | NonBlockingCloseOnExec, 0), "socket");
        Set(socket, TcpLevel, NoDelay, 1);
        if (receiveBuffer > 0)
        {
            Set(socket, SocketLevel, ReceiveBufferSize, receiveBuffer);
            Set(socket, TcpLevel, MaxSegment, 1460);
        }

        if (source > 0)
        {
            Set(socket, IpLevel, BindAddressNoPort, 1);
            Check(Bind(socket, Address(0, (byte)source), 16), "bind");
        }

        if (ConnectTo(socket, Address(port, 1), 16) < 0 && Marshal.GetLastPInvokeError() != InProgress)
        {
            Check(-1, "connect");
        }

        return socket;
    }

    /// <summary>Listens on a port of this machine.</summary>
    public static int Listen(int port)
    {
        int socket = Check(Socket(InterNetwork, Stream | NonBlockingCloseOnExec, 0), "socket");
        Set(socket, SocketLevel, ReuseAddress, 1);
        Set(socket, TcpLevel, NoDelay, 1);
        Check(Bind(socket, Address(port, 1), 16), "bind");
        Check(ListenOn(socket, 4_096), "listen");
        return socket;
    }

    /// <summary>Lets this process open as many files as it may.</summary>
    public static void RaiseFileLimit()
    {
        Span<ulong> limit = stackalloc ulong[2];
        Check(GetLimit(OpenFiles, limit), "getrlimit");
        limit[0] = limit[1];
        Check(SetLimit(OpenFiles, limit), "setrlimit");
    }

    /// <summary>The port that a socket is bound to.</summary>
    public static int PortOf(int socket)
    {
        Span<byte> address = stackalloc byte[16];
        int length = address.Length;
        Check(GetName(socket, address, ref length), "getsockname");
        return (address[2] << 8) | address[3];
    }

    /// <summary>Throws where a connection that was begun has failed.</summary>
    public static void CheckConnected(int socket)
    {
        int error = 0;
        int length = sizeof(int);
        Check(GetOption(socket, SocketLevel, SocketError, ref error, ref length), "getsockopt");
        if (error != 0)
        {
            throw new LoadException($"cannot connect: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    /// <summary>Throws where a call has failed, and returns its result otherwise.</summary>
    public static int Check(int result, string call) =>
        result >= 0 ? result : throw new LoadException($"{call}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    private static byte[] Address(int port, byte last) =>
        [InterNetwork, 0, (byte)(port >> 8), (byte)port, 127, 0, 0, last, 0, 0, 0, 0, 0, 0, 0, 0];

    private static void Set(int socket, int level, int option, int value) =>
        Check(SetOption(socket, level, option, in value, sizeof(int)), "setsockopt");

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int ConnectTo(int socket, ReadOnlySpan<byte> address, int length);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(int socket, ReadOnlySpan<byte> address, int length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    private static partial int ListenOn(int socket, int backlog);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    private static partial int GetName(int socket, Span<byte> address, ref int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetOption(int socket, int level, int option, in int value, int length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(int socket, int level, int option, ref int value, ref int length);

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int GetLimit(int resource, Span<ulong> limit);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, ReadOnlySpan<ulong> limit);

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int ClockGetTime(int clock, Span<long> time);
}
