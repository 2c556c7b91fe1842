using System.Runtime.InteropServices;

namespace AotChat.Native;

/// <summary>
/// What a process can give up for good: prctl(2), landlock_create_ruleset(2) and its kin, seccomp(2).
/// The C library has no names for most of them; their numbers are those of x86-64 and arm64 alike, but for seccomp.
/// </summary>
internal static unsafe partial class ConfinementCalls
{
    private const int NoNewPrivileges = 38;
    private const int CreateRulesetCall = 444;
    private const int AddRuleCall = 445;
    private const int RestrictSelfCall = 446;
    private const int PortRule = 2;
    private const uint VersionFlag = 1;
    private const int SetModeFilter = 1;

    // All threads of the process, not only the calling one.
    private const uint SynchronizeThreads = 1;

    // struct landlock_ruleset_attr without its last member, which kernels before ABI 6 do not know.
    private const nuint SizeBeforeScopes = 16;

    private static int SeccompCall => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 317 : 277;

    /// <summary>No program that this process runs gains rights by being run; both of the following ask for it.</summary>
    public static int ForbidNewPrivileges() => ProcessCalls.Control(NoNewPrivileges, 1);

    /// <summary>The version of the kernel's Landlock; below 0 where it has none.</summary>
    public static int LandlockVersion() => (int)ProcessCalls.Call(CreateRulesetCall, 0, 0, (nint)VersionFlag, 0);

    /// <summary>Makes a set of rules; below 0 where that fails.</summary>
    public static int CreateRuleset(Ruleset ruleset, bool knowsScopes) =>
        (int)ProcessCalls.Call(CreateRulesetCall, (nint)(&ruleset), (nint)(knowsScopes ? (nuint)sizeof(Ruleset) : SizeBeforeScopes), 0, 0);

    /// <summary>Allows something for one port.</summary>
    public static int AllowPort(int ruleset, ulong access, int port)
    {
        PortAccess rule = new() { Access = access, Port = (ulong)port };
        return (int)ProcessCalls.Call(AddRuleCall, ruleset, PortRule, (nint)(&rule), 0);
    }

    /// <summary>Lets the rules hold from now on.</summary>
    public static int Restrict(int ruleset) => (int)ProcessCalls.Call(RestrictSelfCall, ruleset, 0, 0, 0);

    /// <summary>Lets a filter of system calls hold from now on.</summary>
    public static int Filter(FilterInstruction[] instructions)
    {
        fixed (FilterInstruction* first = instructions)
        {
            FilterProgram program = new() { Count = (ushort)instructions.Length, First = first };
            return (int)ProcessCalls.Call(SeccompCall, SetModeFilter, (nint)SynchronizeThreads, (nint)(&program), 0);
        }
    }

    /// <summary><c>struct landlock_ruleset_attr</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Ruleset
    {
        public ulong FileSystem;
        public ulong Network;
        public ulong Scoped;
    }

    /// <summary><c>struct landlock_net_port_attr</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PortAccess
    {
        public ulong Access;
        public ulong Port;
    }

    /// <summary><c>struct sock_fprog</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FilterProgram
    {
        public ushort Count;
        public FilterInstruction* First;
    }
}
