using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AotChat.Native;

/// <summary>Readiness and waking: epoll(7), eventfd(2). Linux only.</summary>
internal static partial class EpollCalls
{
    public const int CloseOnExec = 0x80000;
    public const int NonBlocking = 0x800;

    public const int Add = 1;
    public const int Delete = 2;
    public const int Modify = 3;

    public const uint In = 0x001;
    public const uint Out = 0x004;
    public const uint Error = 0x008;
    public const uint HangUp = 0x010;

    /// <summary>
    /// The size of <c>struct epoll_event</c>: its fields are packed on x86-64 alone (epoll_event(3type), <c>EPOLL_PACKED</c>).
    /// </summary>
    public static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    /// <summary>Where the user data begins in <c>struct epoll_event</c>.</summary>
    public static readonly int DataOffset = EventSize - sizeof(ulong);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial SafeFileHandle Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int Control(SafeFileHandle epoll, int operation, nint descriptor, ReadOnlySpan<byte> description);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int Wait(SafeFileHandle epoll, Span<byte> events, int capacity, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial SafeFileHandle EventDescriptor(uint initial, int flags);
}
