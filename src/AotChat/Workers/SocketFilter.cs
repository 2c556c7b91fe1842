using System.Runtime.InteropServices;

namespace AotChat.Workers;

/// <summary>
/// The seccomp filter of a worker without a network: a program for the kernel's packet filter (bpf(4)) that refuses
/// sockets of all families but local ones with EACCES, and the one system call that makes them in another way. Whatever
/// else a job calls goes through.
/// </summary>
internal static class SocketFilter
{
    // Instructions: load a word of the call's description, jump where it is, or is not less than, a value, end.
    private const ushort Load = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfAtLeast = 0x35;
    private const ushort Return = 0x06;

    // Where struct seccomp_data has the number of the call, the architecture, and the low half of the first argument.
    private const uint Number = 0;
    private const uint Architecture = 4;
    private const uint FirstArgument = 16;

    private const uint Allow = 0x7FFF_0000;
    private const uint Refuse = 0x0005_0000 | AccessDenied;
    private const uint AccessDenied = 13;

    private const uint LocalFamily = 1;

    // The same on all architectures.
    private const uint IoUringSetup = 425;

    // On x86-64 the calls of another interface begin here; none of them is needed.
    private const uint X32Bit = 0x4000_0000;

    /// <summary>The program for an architecture; null where it is not known.</summary>
    public static Instruction[]? For(Architecture architecture) => architecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => Program(audit: 0xC000_003E, socket: 41),
        System.Runtime.InteropServices.Architecture.Arm64 => Program(audit: 0xC000_00B7, socket: 198),
        _ => null,
    };

    private static Instruction[] Program(uint audit, uint socket) =>
    [
        new(Load, 0, 0, Architecture),
        new(JumpIfEqual, 0, 7, audit),
        new(Load, 0, 0, Number),
        new(JumpIfAtLeast, 5, 0, X32Bit),
        new(JumpIfEqual, 4, 0, IoUringSetup),
        new(JumpIfEqual, 0, 2, socket),
        new(Load, 0, 0, FirstArgument),
        new(JumpIfEqual, 0, 1, LocalFamily),
        new(Return, 0, 0, Allow),
        new(Return, 0, 0, Refuse),
    ];

    /// <summary><c>struct sock_filter</c>: what to do, how far to jump where it holds and where not, and with which value.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);
}
