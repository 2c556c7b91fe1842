using System.Runtime.InteropServices;

namespace AotChat.Native;

/// <summary>The system calls about files that .NET has no name for: open(2), statx(2), unlink(2), fcntl(2). Linux only.</summary>
internal static unsafe partial class FileCalls
{
    /// <summary>O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC.</summary>
    public const int ReadOnlyNoTerminal = 0x100 | 0x800 | 0x80000;

    /// <summary>ENOENT.</summary>
    public const int NotFound = 2;

    /// <summary>EIO: a terminal that was hung up.</summary>
    public const int InputOutputError = 5;

    /// <summary>ENXIO: there is no such device; for /dev/tty, this process has no terminal.</summary>
    public const int NoDevice = 6;

    // AT_FDCWD and AT_SYMLINK_NOFOLLOW.
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint WantInode = 0x100;
    private const int GetDescriptorFlags = 1;

    /// <summary>Opens a file; below 0 where that fails.</summary>
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    /// <summary>Closes a descriptor.</summary>
    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    /// <summary>Removes a name from the file system.</summary>
    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unlink(string path);

    /// <summary>What tells a file from all others on this machine; null where there is none, or it can't be looked at.</summary>
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

    /// <summary>Whether a descriptor is open.</summary>
    public static bool IsOpen(int descriptor) => Control(descriptor, GetDescriptorFlags, 0) >= 0;

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int directory, string path, int flags, uint mask, ulong* status);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command, int argument);
}

/// <summary>A file's device and inode.</summary>
internal readonly record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode);
