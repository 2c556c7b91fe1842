using AotChat.Native;

namespace AotChat.Workers.Child;

/// <summary>Writes a program for the kernel's packet filter with names for the places that it jumps to.</summary>
internal sealed class FilterAssembler
{
    private readonly List<FilterInstruction> _program = [];
    private readonly List<OpenJump> _jumps = [];
    private readonly Dictionary<string, int> _labels = [];

    /// <summary>Loads a word of the call's description.</summary>
    public FilterAssembler Load(uint offset) => Add(FilterInstruction.Load, offset);

    /// <summary>Keeps these bits of it.</summary>
    public FilterAssembler And(uint mask) => Add(FilterInstruction.And, mask);

    /// <summary>Goes elsewhere where it is the value.</summary>
    public FilterAssembler IfEqual(uint value, string label) => Jump(FilterInstruction.JumpIfEqual, value, label);

    /// <summary>Goes elsewhere where it is at least the value.</summary>
    public FilterAssembler IfAtLeast(uint value, string label) => Jump(FilterInstruction.JumpIfAtLeast, value, label);

    /// <summary>Goes elsewhere where a bit of the value is set.</summary>
    public FilterAssembler IfAnySet(uint value, string label) => Jump(FilterInstruction.JumpIfAnySet, value, label);

    /// <summary>Ends with a verdict.</summary>
    public FilterAssembler Return(uint verdict) => Add(FilterInstruction.Return, verdict);

    /// <summary>Names the place of what comes next; jumps lead forward alone.</summary>
    public FilterAssembler Label(string name)
    {
        _labels.Add(name, _program.Count);
        return this;
    }

    /// <summary>The program.</summary>
    public FilterInstruction[] Assemble()
    {
        FilterInstruction[] program = [.. _program];
        foreach ((int at, string label) in _jumps)
        {
            program[at] = program[at] with { IfTrue = checked((byte)(_labels[label] - at - 1)) };
        }

        return program;
    }

    private FilterAssembler Jump(ushort code, uint value, string label)
    {
        _jumps.Add(new OpenJump(_program.Count, label));
        return Add(code, value);
    }

    private FilterAssembler Add(ushort code, uint value)
    {
        _program.Add(new FilterInstruction(code, 0, 0, value));
        return this;
    }

    private sealed record OpenJump(int At, string Label);
}
