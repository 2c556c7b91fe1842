using System.Runtime.InteropServices;
using AotChat.Native;

namespace AotChat.Workers.Child;

/// <summary>
/// Takes from a worker what its jobs have no use for, for good, before it has seen the first of them: a job that is taken
/// over by what it reads finds less to go on with. A worker that computes has no network at all; one that fetches may connect
/// to the ports it fetches from and to name servers, at whatever address: which ones is for the job to check. Neither can
/// gain rights, signal the server or look into its memory.
/// </summary>
/// <remarks>
/// Linux only: no_new_privs (prctl(2)), Landlock (landlock(7), TCP from ABI 4, signals and abstract local sockets from ABI 6),
/// and seccomp(2) for what Landlock does not know, see <see cref="SocketFilter"/>. seccomp holds for all threads; Landlock for
/// the calling one and all that it starts: called first thing, that is every thread but the runtime's own that finalises.
/// Files are left alone: what a job may read and write is for who writes the job to say.
/// </remarks>
internal static class WorkerConfinement
{
    /// <summary>The port of name servers, for answers that are too long for UDP.</summary>
    private const int NameServerPort = 53;

    // Landlock: what is handled, and so closed but for exceptions.
    private const ulong BindTcp = 1;
    private const ulong ConnectTcp = 2;
    private const ulong AbstractSockets = 1;
    private const ulong Signals = 2;
    private const int TcpSince = 4;
    private const int ScopesSince = 6;

    /// <summary>Confines this process; false where the kernel lacks some of it.</summary>
    /// <param name="lanes">What it serves.</param>
    /// <param name="ports">The ports that it fetches from; null for any.</param>
    public static bool TryApply(JobLanes lanes, int[]? ports)
    {
        if (!OperatingSystem.IsLinux() || ConfinementCalls.ForbidNewPrivileges() != 0)
        {
            return false;
        }

        bool hasNetwork = (lanes & JobLanes.Io) != 0;
        bool isRestricted = TryRestrictTcp(hasNetwork, ports);
        return TryFilterSockets(hasNetwork) && isRestricted;
    }

    private static bool TryRestrictTcp(bool hasNetwork, int[]? ports)
    {
        int version = ConfinementCalls.LandlockVersion();
        if (version < TcpSince)
        {
            return false;
        }

        bool isAnyPort = hasNetwork && ports is null;
        ConfinementCalls.Ruleset ruleset = new()
        {
            Network = isAnyPort ? BindTcp : BindTcp | ConnectTcp,
            Scoped = version >= ScopesSince ? AbstractSockets | Signals : 0,
        };
        int descriptor = ConfinementCalls.CreateRuleset(ruleset, version >= ScopesSince);
        if (descriptor < 0)
        {
            return false;
        }

        try
        {
            foreach (int port in hasNetwork && ports is not null ? [.. ports, NameServerPort] : Array.Empty<int>())
            {
                if (ConfinementCalls.AllowPort(descriptor, ConnectTcp, port) != 0)
                {
                    return false;
                }
            }

            return ConfinementCalls.Restrict(descriptor) == 0 && version >= ScopesSince;
        }
        finally
        {
            _ = FileCalls.Close(descriptor);
        }
    }

    private static bool TryFilterSockets(bool hasNetwork) =>
        SocketFilter.For(RuntimeInformation.ProcessArchitecture, hasNetwork) is { } filter && ConfinementCalls.Filter(filter) == 0;
}
