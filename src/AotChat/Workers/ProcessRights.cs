using System.Runtime.InteropServices;

namespace AotChat.Workers;

/// <summary>
/// What processes may do beyond what any process may: capabilities (capabilities(7)), the rights of root, and looking into
/// each other. Linux only.
/// </summary>
internal static unsafe partial class ProcessRights
{
    // nobody and nogroup: the user and group of those who own nothing (user_namespaces(7)).
    private const uint Nobody = 65534;

    // CAP_KILL, CAP_SETGID, CAP_SETUID.
    private const uint NeededToSwitch = (1 << 5) | (1 << 6) | (1 << 7);

    // prctl(2): PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_CAP_AMBIENT with PR_CAP_AMBIENT_CLEAR_ALL.
    private const int SetDumpable = 4;
    private const int DropFromBoundingSet = 24;
    private const int Ambient = 47;
    private const int ClearAll = 4;

    // _LINUX_CAPABILITY_VERSION_3: two words of each set.
    private const uint Version = 0x2008_0522;
    private const int MostCapabilities = 64;

    /// <summary>
    /// Keeps processes of the same user from looking into this one: its memory, environment and descriptors (PR_SET_DUMPABLE,
    /// prctl(2)). It leaves no core behind either. Root can still do all of it.
    /// </summary>
    public static void ForbidInspection() => _ = ProcessControl(SetDumpable, 0, 0, 0, 0);

    /// <summary>Sees to it that what this thread starts gets no capabilities from a service manager that gave some to the server.</summary>
    public static void ClearAmbient() => _ = ProcessControl(Ambient, ClearAll, 0, 0, 0);

    /// <summary>
    /// Drops all rights of this process for good: a worker of a server that root runs goes on as nobody, without groups, and
    /// none has capabilities. False where the system does not allow that.
    /// </summary>
    /// <remarks>
    /// The C library changes user and groups for all threads. The rest holds for the calling one and all that it starts:
    /// called first thing, that is every thread but the runtime's own that finalises. Secure bits are not needed: rights
    /// that a program's file or root would give are refused by no_new_privs and the empty bounding set.
    /// </remarks>
    public static bool TryDrop()
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        Header header = new() { Version = Version };
        Sets* sets = stackalloc Sets[2];
        bool isKnown = GetCapabilities(&header, sets) == 0;

        // The end of the list is where the kernel knows no more; without the right to do so nothing is dropped.
        for (nuint capability = 0; capability < MostCapabilities && ProcessControl(DropFromBoundingSet, capability, 0, 0, 0) == 0; capability++)
        {
        }

        // A server that is root but may not end processes of other users has to keep its own user in its workers.
        if (EffectiveUser() == 0 && isKnown && (sets[0].Effective & NeededToSwitch) == NeededToSwitch
            && (SetGroups(0, null) != 0 || SetGroup(Nobody, Nobody, Nobody) != 0 || SetUser(Nobody, Nobody, Nobody) != 0))
        {
            isKnown = false;
        }

        ClearAmbient();
        sets[0] = sets[1] = default;
        bool isDropped = SetCapabilities(&header, sets) == 0;
        ForbidInspection();
        return isKnown && isDropped && EffectiveUser() != 0;
    }

    /// <summary>prctl(2).</summary>
    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int operation, nuint a, nuint b, nuint c, nuint d);

    /// <summary>capget(2).</summary>
    [LibraryImport("libc", EntryPoint = "capget")]
    private static partial int GetCapabilities(Header* header, Sets* sets);

    /// <summary>capset(2).</summary>
    [LibraryImport("libc", EntryPoint = "capset")]
    private static partial int SetCapabilities(Header* header, Sets* sets);

    /// <summary>geteuid(2).</summary>
    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    /// <summary>setgroups(2).</summary>
    [LibraryImport("libc", EntryPoint = "setgroups")]
    private static partial int SetGroups(nuint count, uint* groups);

    /// <summary>setresgid(2).</summary>
    [LibraryImport("libc", EntryPoint = "setresgid")]
    private static partial int SetGroup(uint real, uint effective, uint saved);

    /// <summary>setresuid(2).</summary>
    [LibraryImport("libc", EntryPoint = "setresuid")]
    private static partial int SetUser(uint real, uint effective, uint saved);

    /// <summary><c>struct __user_cap_header_struct</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        public uint Version;
        public int ProcessId;
    }

    /// <summary><c>struct __user_cap_data_struct</c>: 32 of the capabilities.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Sets
    {
        public uint Effective;
        public uint Permitted;
        public uint Inheritable;
    }
}
