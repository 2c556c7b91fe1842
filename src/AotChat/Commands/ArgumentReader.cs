using System.Runtime.CompilerServices;

namespace AotChat.Commands;

/// <summary>
/// Splits a command line into words, as the generated dispatcher asks for them. Words are separated by one or more
/// spaces or tabs; the rest of the line begins after exactly one of them.
/// </summary>
internal ref struct ArgumentReader(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> _remaining = line;

    /// <summary>Whether only white space is left.</summary>
    public readonly bool AtEnd => _remaining.IsEmpty || _remaining.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;

    /// <summary>Takes the next word; false where there is none left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadWord(out ReadOnlySpan<byte> word)
    {
        // Hardly ever more than one: a search would cost more than it finds.
        ReadOnlySpan<byte> rest = _remaining;
        while (!rest.IsEmpty && rest[0] is (byte)' ' or (byte)'\t')
        {
            rest = rest[1..];
        }

        if (rest.IsEmpty)
        {
            word = default;
            return false;
        }

        int length = rest.IndexOfAny((byte)' ', (byte)'\t');
        if (length < 0)
        {
            length = rest.Length;
        }

        word = rest[..length];
        _remaining = rest[length..];
        return true;
    }

    /// <summary>Takes everything after the one separator behind the previous word; false where nothing is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadRest(out ReadOnlySpan<byte> rest)
    {
        rest = _remaining.IsEmpty ? default : _remaining[1..];
        _remaining = default;
        return !rest.IsEmpty;
    }
}
