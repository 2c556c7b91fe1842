using System.Runtime.InteropServices;

namespace AotChat.Native;

/// <summary>
/// Who this process is: getpwnam_r(3), setgroups(2), setgid(2), setuid(2), and the questions that belong to them. The C
/// library changes all threads of the process at once (nptl(7)).
/// </summary>
internal static unsafe partial class UserCalls
{
    // More than an entry takes; getpwnam_r(3) asks sysconf(3), which says 1,024.
    private const int EntryBytes = 16 * 1024;

    /// <summary>The number and main group of a user by its name; null where there is none.</summary>
    public static (uint User, uint Group)? Find(string name)
    {
        byte* buffer = stackalloc byte[EntryBytes];
        return FindByName(name, out Entry entry, buffer, EntryBytes, out Entry* found) == 0 && found is not null ? (entry.User, entry.Group) : null;
    }

    /// <summary>The main group of a user by its number, and its name; null where there is none.</summary>
    public static (string Name, uint Group)? Find(uint user)
    {
        byte* buffer = stackalloc byte[EntryBytes];
        return FindByNumber(user, out Entry entry, buffer, EntryBytes, out Entry* found) == 0 && found is not null
            ? (Marshal.PtrToStringUTF8((nint)entry.Name) ?? "", entry.Group)
            : null;
    }

    /// <summary>geteuid(2).</summary>
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    /// <summary>getuid(2).</summary>
    [LibraryImport("libc", EntryPoint = "getuid")]
    public static partial uint RealUser();

    /// <summary>getegid(2).</summary>
    [LibraryImport("libc", EntryPoint = "getegid")]
    public static partial uint EffectiveGroup();

    /// <summary>getgid(2).</summary>
    [LibraryImport("libc", EntryPoint = "getgid")]
    public static partial uint RealGroup();

    /// <summary>initgroups(3): setgroups(2) with the groups that a user is in.</summary>
    [LibraryImport("libc", EntryPoint = "initgroups", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetGroupsOf(string user, uint group);

    /// <summary>setgroups(2).</summary>
    [LibraryImport("libc", EntryPoint = "setgroups", SetLastError = true)]
    public static partial int SetGroups(nuint count, uint* groups);

    /// <summary>setgid(2).</summary>
    [LibraryImport("libc", EntryPoint = "setgid", SetLastError = true)]
    public static partial int SetGroup(uint group);

    /// <summary>setuid(2).</summary>
    [LibraryImport("libc", EntryPoint = "setuid", SetLastError = true)]
    public static partial int SetUser(uint user);

    /// <summary>setresgid(2): the group in all three senses.</summary>
    [LibraryImport("libc", EntryPoint = "setresgid", SetLastError = true)]
    public static partial int SetAllGroups(uint real, uint effective, uint saved);

    /// <summary>setresuid(2): the user in all three senses.</summary>
    [LibraryImport("libc", EntryPoint = "setresuid", SetLastError = true)]
    public static partial int SetAllUsers(uint real, uint effective, uint saved);

    /// <summary>lchown(2): the owner of a file itself, never of one that a link leads to.</summary>
    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "getpwnam_r", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FindByName(string name, out Entry entry, byte* buffer, nuint size, out Entry* found);

    [LibraryImport("libc", EntryPoint = "getpwuid_r")]
    private static partial int FindByNumber(uint user, out Entry entry, byte* buffer, nuint size, out Entry* found);

    /// <summary>The beginning of <c>struct passwd</c>, the same in glibc and musl, and room for its end.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public byte* Name;
        public byte* Password;
        public uint User;
        public uint Group;
        public nint Rest1;
        public nint Rest2;
        public nint Rest3;
        public nint Rest4;
    }
}
