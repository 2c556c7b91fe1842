namespace AotChat.Protocols.Terminal;

/// <summary>
/// One whole outgoing line, prefix and line feed included, as a place in the bytes of a <see cref="LineBuffer"/>: made
/// once, however many read it. Valid until the end of the loop's turn.
/// </summary>
/// <param name="Start">Where it begins, in bytes.</param>
/// <param name="Length">How long it is, in bytes.</param>
internal readonly record struct Line(int Start, int Length)
{
    /// <summary>Where the next line begins.</summary>
    public int End => Start + Length;
}
