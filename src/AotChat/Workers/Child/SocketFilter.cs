using System.Runtime.InteropServices;
using AotChat.Native;

namespace AotChat.Workers.Child;

/// <summary>
/// The seccomp filters of workers: programs for the kernel's packet filter (bpf(4)) that refuse what reaches a network in
/// another way than a worker has use for, with EACCES. Whatever else a job calls goes through.
/// </summary>
/// <remarks>
/// A worker that computes gets no sockets at all. Not even local ones: the services behind them do things for any
/// client, containers and name look-ups among them. One that fetches gets what it and the C library's resolver use, which
/// leaves out the ways around the rules of Landlock for TCP ports: raw sockets, MPTCP, other protocols, and data that is
/// sent with a connection's first packet, without connect(2). io_uring does all of it out of sight of both.
/// </remarks>
internal static class SocketFilter
{
    // Where struct seccomp_data has the number of the call, the architecture, and the low halves of the arguments.
    private const uint Number = 0;
    private const uint Architecture = 4;
    private const uint FirstArgument = 16;
    private const uint ArgumentBytes = 8;

    private const uint AllowVerdict = 0x7FFF_0000;
    private const uint RefuseVerdict = 0x0005_0000 | AccessDenied;
    private const uint AccessDenied = 13;

    // The same on all architectures.
    private const uint IoUringSetup = 425;

    // On x86-64 the calls of another interface begin here; none of them is needed.
    private const uint X32Bit = 0x4000_0000;

    // AF_UNIX, AF_INET, AF_INET6 and AF_NETLINK; without flags SOCK_STREAM and SOCK_DGRAM; NETLINK_ROUTE, which lists addresses.
    private const uint Local = 1;
    private const uint InternetV4 = 2;
    private const uint InternetV6 = 10;
    private const uint NetLink = 16;
    private const uint TypeMask = 0xF;
    private const uint Stream = 1;
    private const uint Datagram = 2;
    private const uint Default = 0;
    private const uint Tcp = 6;
    private const uint Udp = 17;
    private const uint Route = 0;

    // MSG_FASTOPEN.
    private const uint FastOpen = 0x2000_0000;

    private const string Allow = "allow";
    private const string Refuse = "refuse";

    /// <summary>The program for a worker; null where the architecture is not known.</summary>
    public static FilterInstruction[]? For(Architecture architecture, bool hasNetwork) => architecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 =>
            Program(new Calls(Audit: 0xC000_003E, Socket: 41, SendTo: 44, SendMessage: 46, SendMessages: 307), hasNetwork),
        System.Runtime.InteropServices.Architecture.Arm64 =>
            Program(new Calls(Audit: 0xC000_00B7, Socket: 198, SendTo: 206, SendMessage: 211, SendMessages: 269), hasNetwork),
        _ => null,
    };

    private static FilterInstruction[] Program(Calls calls, bool hasNetwork)
    {
        FilterAssembler program = new FilterAssembler()
            .Load(Architecture)
            .IfEqual(calls.Audit, "native")
            .Return(RefuseVerdict)
            .Label("native")
            .Load(Number)
            .IfAtLeast(X32Bit, Refuse)
            .IfEqual(IoUringSetup, Refuse);
        return (hasNetwork ? AddNetwork(program, calls) : program.IfEqual(calls.Socket, Refuse))
            .Label(Allow)
            .Return(AllowVerdict)
            .Label(Refuse)
            .Return(RefuseVerdict)
            .Assemble();
    }

    private static FilterAssembler AddNetwork(FilterAssembler program, Calls calls) => program
        .IfEqual(calls.Socket, "socket")
        .IfEqual(calls.SendTo, "flags in the fourth")
        .IfEqual(calls.SendMessages, "flags in the fourth")
        .IfEqual(calls.SendMessage, "flags in the third")
        .Return(AllowVerdict)

        .Label("flags in the fourth")
        .Load(Argument(3))
        .IfAnySet(FastOpen, Refuse)
        .Return(AllowVerdict)

        .Label("flags in the third")
        .Load(Argument(2))
        .IfAnySet(FastOpen, Refuse)
        .Return(AllowVerdict)

        .Label("socket")
        .Load(Argument(0))
        .IfEqual(Local, Allow)
        .IfEqual(NetLink, "netlink")
        .IfEqual(InternetV4, "internet")
        .IfEqual(InternetV6, "internet")
        .Return(RefuseVerdict)

        .Label("netlink")
        .Load(Argument(2))
        .IfEqual(Route, Allow)
        .Return(RefuseVerdict)

        .Label("internet")
        .Load(Argument(1))
        .And(TypeMask)
        .IfEqual(Stream, "stream")
        .IfEqual(Datagram, "datagram")
        .Return(RefuseVerdict)

        .Label("stream")
        .Load(Argument(2))
        .IfEqual(Default, Allow)
        .IfEqual(Tcp, Allow)
        .Return(RefuseVerdict)

        .Label("datagram")
        .Load(Argument(2))
        .IfEqual(Default, Allow)
        .IfEqual(Udp, Allow)
        .Return(RefuseVerdict);

    private static uint Argument(uint index) => FirstArgument + (index * ArgumentBytes);

    /// <summary>What an architecture calls itself (AUDIT_ARCH_…), and its numbers of socket(2), sendto(2), sendmsg(2) and sendmmsg(2).</summary>
    private readonly record struct Calls(uint Audit, uint Socket, uint SendTo, uint SendMessage, uint SendMessages);
}
