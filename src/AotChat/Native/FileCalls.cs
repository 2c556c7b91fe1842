using System.Runtime.InteropServices;

namespace AotChat.Native;

/// <summary>
/// Bare descriptors and files: open(2), pipe2(2), read(2), write(2), poll(2), fcntl(2), dup(2), close(2), statx(2),
/// unlink(2). The flags are those of Linux's generic ABI; where others are wanted, .NET's files serve.
/// </summary>
internal static unsafe partial class FileCalls
{
    /// <summary>O_RDONLY.</summary>
    public const int ReadOnly = 0;

    /// <summary>O_RDWR.</summary>
    public const int ReadWrite = 2;

    /// <summary>O_ACCMODE: the part of the flags that says whether one may read or write.</summary>
    public const int AccessMode = 3;

    /// <summary>O_NONBLOCK | O_NOCTTY | O_CLOEXEC, Linux.</summary>
    public const int NonBlockingCloseOnExec = 0x800 | 0x100 | 0x80000;

    /// <summary>O_CLOEXEC.</summary>
    public const int CloseOnExec = 0x80000;

    /// <summary>O_NONBLOCK.</summary>
    public const int NonBlocking = 0x800;

    /// <summary>F_SETFD of fcntl(2), and FD_CLOEXEC.</summary>
    public const int SetDescriptorFlags = 2;

    /// <inheritdoc cref="SetDescriptorFlags"/>
    public const int DescriptorCloseOnExec = 1;

    /// <summary>F_SETFL of fcntl(2).</summary>
    public const int SetFlags = 4;

    /// <summary>F_DUPFD_CLOEXEC of fcntl(2).</summary>
    public const int DuplicateCloseOnExec = 1030;

    /// <summary>F_GETFL of fcntl(2).</summary>
    public const int GetFlags = 3;

    /// <summary>POLLIN.</summary>
    public const short Readable = 1;

    /// <summary>POLLOUT.</summary>
    public const short Writable = 4;

    /// <summary>ENOENT.</summary>
    public const int NotFound = 2;

    /// <summary>EIO: a terminal that was hung up.</summary>
    public const int InputOutputError = 5;

    /// <summary>ENXIO: there is no such device; for /dev/tty, this process has no terminal.</summary>
    public const int NoDevice = 6;

    /// <summary>EINTR.</summary>
    public const int Interrupted = 4;

    /// <summary>EAGAIN on Linux.</summary>
    public const int WouldBlock = 11;

    // POLLNVAL.
    private const short NotOpen = 0x20;

    // AT_FDCWD, AT_SYMLINK_NOFOLLOW and STATX_INO.
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint WantInode = 0x100;

    // STATX_TYPE; S_IFMT and S_IFSOCK of inode(7).
    private const uint WantType = 0x1;
    private const int TypeBits = 0xF000;
    private const int SocketType = 0xC000;

    /// <summary>open(2), for existing files.</summary>
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, Span<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, ReadOnlySpan<byte> buffer, nint count);

    /// <summary>read(2); the handle can't be closed meanwhile.</summary>
    public static nint Read(SafeHandle handle, Span<byte> buffer, nint count)
    {
        bool isHeld = false;
        try
        {
            handle.DangerousAddRef(ref isHeld);
            return Read((int)handle.DangerousGetHandle(), buffer, count);
        }
        finally
        {
            if (isHeld)
            {
                handle.DangerousRelease();
            }
        }
    }

    /// <summary>write(2); the handle can't be closed meanwhile.</summary>
    /// <exception cref="ObjectDisposedException">It was closed before.</exception>
    public static nint Write(SafeHandle handle, ReadOnlySpan<byte> buffer, nint count)
    {
        bool isHeld = false;
        try
        {
            handle.DangerousAddRef(ref isHeld);
            return Write((int)handle.DangerousGetHandle(), buffer, count);
        }
        finally
        {
            if (isHeld)
            {
                handle.DangerousRelease();
            }
        }
    }

    /// <summary>pipe2(2): the end to read from, then the end to write to.</summary>
    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe(Span<int> ends, int flags);

    /// <summary>fcntl(2). Operations that take no argument ignore it.</summary>
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int operation, nint argument = 0);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    public static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static partial int DuplicateTo(int descriptor, int target);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    /// <summary>Removes a name from the file system.</summary>
    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unlink(string path);

    /// <summary>Whether a descriptor is open.</summary>
    public static bool IsOpen(int descriptor) => Control(descriptor, GetFlags) >= 0;

    /// <summary>How many of the first descriptors are open, by one call instead of one for each.</summary>
    /// <param name="count">How many to look at; not more than the process may open.</param>
    public static int CountOpen(int count)
    {
        PollDescriptor* descriptors = stackalloc PollDescriptor[count];
        for (int i = 0; i < count; i++)
        {
            descriptors[i] = new PollDescriptor { Descriptor = i };
        }

        _ = Poll(ref *descriptors, (nuint)count, 0);
        int open = 0;
        for (int i = 0; i < count; i++)
        {
            open += (descriptors[i].Returned & NotOpen) == 0 ? 1 : 0;
        }

        return open;
    }

    /// <summary>What tells a file from all others on this machine; null where there is none, or it can't be looked at. Linux only.</summary>
    public static FileIdentity? IdentityOf(string path)
    {
        // struct statx has 256 bytes on every machine.
        ulong* status = stackalloc ulong[32];
        if (Status(CurrentDirectory, path, NoFollow, WantInode, status) != 0)
        {
            return null;
        }

        uint* halves = (uint*)status;
        return new FileIdentity(halves[34], halves[35], status[4]);
    }

    /// <summary>Whether a path leads to a socket; it is only looked at, since opening a pipe may never end. Linux only.</summary>
    public static bool IsSocket(string path)
    {
        ulong* status = stackalloc ulong[32];
        return Status(CurrentDirectory, path, NoFollow, WantType, status) == 0 && (((ushort*)status)[14] & TypeBits) == SocketType;
    }

    /// <summary>umask(2): the permissions that new files of this process do not get; returns what it was.</summary>
    [LibraryImport("libc", EntryPoint = "umask")]
    public static partial uint SetMask(uint mask);

    /// <summary>Waits until a descriptor is ready, or broken, which the next call on it tells.</summary>
    /// <returns>False where the time has passed.</returns>
    /// <param name="descriptor">What to wait for.</param>
    /// <param name="events">Readable or writable.</param>
    /// <param name="milliseconds">How long; negative: as long as it takes.</param>
    public static bool Wait(int descriptor, short events, int milliseconds)
    {
        PollDescriptor poll = new() { Descriptor = descriptor, Events = events };
        int ready;
        do
        {
            ready = Poll(ref poll, 1, milliseconds);
        }
        while (ready < 0 && Marshal.GetLastPInvokeError() == Interrupted);

        return ready != 0;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int directory, string path, int flags, uint mask, ulong* status);

    /// <summary>poll(2).</summary>
    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}

/// <summary>A file's device and inode.</summary>
internal readonly record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode);
