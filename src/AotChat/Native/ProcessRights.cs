namespace AotChat.Native;

/// <summary>
/// What processes may do beyond what any process may: capabilities (capabilities(7)), the rights of root, and looking into
/// each other. Linux only.
/// </summary>
internal static unsafe class ProcessRights
{
    // nobody and nogroup: the user and group that own nothing (user_namespaces(7)).
    private const uint Nobody = 65534;

    // CAP_KILL, CAP_SETGID, CAP_SETUID.
    private const uint NeededToSwitch = (1 << 5) | (1 << 6) | (1 << 7);

    // PR_SET_DUMPABLE of prctl(2).
    private const int SetDumpable = 4;

    /// <summary>
    /// Keeps processes of the same user from looking into this one: its memory, environment and descriptors (PR_SET_DUMPABLE,
    /// prctl(2)). It leaves no core behind either. Root can still do all of it.
    /// </summary>
    public static void ForbidInspection() => _ = ProcessCalls.Control(SetDumpable, 0);

    /// <summary>Sees to it that what this thread starts gets no capabilities from a service manager that gave some to the server.</summary>
    public static void ClearAmbient() => CapabilityCalls.ClearAmbient();

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

        uint? effective = CapabilityCalls.Effective();
        bool isKnown = effective is not null;
        CapabilityCalls.EmptyBoundingSet();

        // A server that is root but may not end processes of other users has to keep its own user in its workers.
        if (UserCalls.EffectiveUser() == 0 && (effective & NeededToSwitch) == NeededToSwitch
            && (UserCalls.SetGroups(0, null) != 0 || UserCalls.SetAllGroups(Nobody, Nobody, Nobody) != 0 || UserCalls.SetAllUsers(Nobody, Nobody, Nobody) != 0))
        {
            isKnown = false;
        }

        ClearAmbient();
        bool isDropped = CapabilityCalls.DropAll();
        ForbidInspection();
        return isKnown && isDropped && UserCalls.EffectiveUser() != 0;
    }
}
