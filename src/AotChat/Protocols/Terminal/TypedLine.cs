namespace AotChat.Protocols.Terminal;

/// <summary>A line as its sender meant it. Valid until the next one is cleaned.</summary>
/// <param name="text">Valid UTF-8 without control characters but TAB.</param>
/// <param name="literal">The same with the letters of escape sequences kept as text; empty where there were no sequences.</param>
/// <param name="faults">What its sender should know.</param>
internal readonly ref struct TypedLine(ReadOnlySpan<byte> text, ReadOnlySpan<byte> literal, LineFaults faults)
{
    /// <summary>What was typed: valid UTF-8 without control characters but TAB.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>
    /// What was typed if what looks like an escape sequence was none: a stray ESC in front of <c>msg</c> makes a key of
    /// its <c>m</c>. Empty where the line had no sequences. It serves only to be careful with, never to act on.
    /// </summary>
    public ReadOnlySpan<byte> Literal { get; } = literal;

    /// <summary>What its sender should know.</summary>
    public LineFaults Faults { get; } = faults;
}
