using System.Runtime.InteropServices;

namespace AotChat.Native;

/// <summary>The rights of root in parts: capget(2), capset(2), and what prctl(2) says about them. Linux only.</summary>
internal static unsafe partial class CapabilityCalls
{
    // _LINUX_CAPABILITY_VERSION_3: two words of each set.
    private const uint Version = 0x2008_0522;
    private const nuint MaxCapabilities = 64;

    // prctl(2): PR_CAPBSET_DROP, PR_CAP_AMBIENT with PR_CAP_AMBIENT_CLEAR_ALL.
    private const int DropFromBoundingSet = 24;
    private const int Ambient = 47;
    private const int ClearAll = 4;

    /// <summary>The first 32 capabilities in effect, a bit each; null where the system does not say.</summary>
    public static uint? Effective()
    {
        Header header = new() { Version = Version };
        Sets* sets = stackalloc Sets[2];
        return Get(&header, sets) == 0 ? sets[0].Effective : null;
    }

    /// <summary>Gives up all capabilities of the calling thread; false where that fails.</summary>
    public static bool DropAll()
    {
        Header header = new() { Version = Version };
        Sets* none = stackalloc Sets[2];
        none[0] = none[1] = default;
        return Set(&header, none) == 0;
    }

    /// <summary>Programs that this thread runs can't gain capabilities any more; without the right to do so nothing changes.</summary>
    public static void EmptyBoundingSet()
    {
        // The end of the list is where the kernel knows no more.
        for (nuint capability = 0; capability < MaxCapabilities && ProcessCalls.Control(DropFromBoundingSet, capability) == 0; capability++)
        {
        }
    }

    /// <summary>Programs that this thread runs inherit no capabilities that a service manager gave.</summary>
    public static void ClearAmbient() => _ = ProcessCalls.Control(Ambient, ClearAll);

    [LibraryImport("libc", EntryPoint = "capget")]
    private static partial int Get(Header* header, Sets* sets);

    [LibraryImport("libc", EntryPoint = "capset")]
    private static partial int Set(Header* header, Sets* sets);

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
