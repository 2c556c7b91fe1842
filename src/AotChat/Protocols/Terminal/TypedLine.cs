namespace AotChat.Protocols.Terminal;

/// <summary>A line as its sender meant it. Valid until the next one is cleaned.</summary>
/// <param name="text">Valid UTF-8 without control characters but TAB.</param>
/// <param name="literal">The text with the letter that a key may have cost it; empty where there was no key in front.</param>
/// <param name="faults">What its sender should know.</param>
internal readonly ref struct TypedLine(ReadOnlySpan<byte> text, ReadOnlySpan<byte> literal, LineFaults faults)
{
    /// <summary>What was typed: valid UTF-8 without control characters but TAB.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>
    /// What was typed if the last escape sequence in front of it was none: behind a stray ESC the <c>m</c> of <c>msg</c>
    /// makes a key. Empty where there was no sequence in front. It serves to be careful with, never to act on.
    /// </summary>
    public ReadOnlySpan<byte> Literal { get; } = literal;

    /// <summary>What its sender should know.</summary>
    public LineFaults Faults { get; } = faults;
}
