using System.Runtime.InteropServices;

namespace AotChat.Native;

/// <summary><c>struct sock_filter</c>: what to do, how far to jump where it holds and where not, and with which value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct FilterInstruction(ushort Code, byte IfTrue, byte IfFalse, uint Value)
{
    /// <summary>Load a word of <c>struct seccomp_data</c>; the value says where it lies.</summary>
    public const ushort Load = 0x20;

    /// <summary>Keep these bits of what was loaded.</summary>
    public const ushort And = 0x54;

    /// <summary>Jump where it is the value, or not.</summary>
    public const ushort JumpIfEqual = 0x15;

    /// <summary>Jump where it is at least the value, or less.</summary>
    public const ushort JumpIfAtLeast = 0x35;

    /// <summary>Jump where any bit of the value is set, or none.</summary>
    public const ushort JumpIfAnySet = 0x45;

    /// <summary>End with the value.</summary>
    public const ushort Return = 0x06;
}
