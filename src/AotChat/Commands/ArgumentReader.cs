namespace AotChat.Commands;

/// <summary>
/// Splits a command line into words, as the generated dispatcher asks for them. Words are separated by one or more
/// spaces or tabs; the rest of the line begins after exactly one of them.
/// </summary>
internal ref struct ArgumentReader(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> _remaining = line;

    /// <summary>Whether only white space is left.</summary>
    public readonly bool AtEnd => _remaining.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;

    /// <summary>Takes the next word; false where there is none left.</summary>
    public bool TryReadWord(out ReadOnlySpan<byte> word)
    {
        int start = _remaining.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (start < 0)
        {
            word = default;
            return false;
        }

        ReadOnlySpan<byte> rest = _remaining[start..];
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
    public bool TryReadRest(out ReadOnlySpan<byte> rest)
    {
        rest = _remaining.IsEmpty ? default : _remaining[1..];
        _remaining = default;
        return !rest.IsEmpty;
    }
}
