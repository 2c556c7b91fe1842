namespace AotChat.Protocols.Terminal;

/// <summary>A line as its sender meant it. Valid until the next one is cleaned.</summary>
/// <param name="text">Valid UTF-8 without control characters but TAB.</param>
/// <param name="heads">The letters that keys in front of it may have taken.</param>
/// <param name="faults">What its sender should know.</param>
internal readonly ref struct TypedLine(ReadOnlySpan<byte> text, ReadOnlySpan<byte> heads, LineFaults faults)
{
    /// <summary>How many letters are kept as <see cref="Heads"/>; nobody presses more wrong keys.</summary>
    public const int MaxHeads = 8;

    /// <summary>What was typed: valid UTF-8 without control characters but TAB.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>
    /// The letters that ended escape sequences in front of the text. Each may have been the text's first one: behind a
    /// stray ESC the <c>m</c> of <c>msg</c> makes a key. They serve to be careful with, never to act on.
    /// </summary>
    public ReadOnlySpan<byte> Heads { get; } = heads;

    /// <summary>What its sender should know.</summary>
    public LineFaults Faults { get; } = faults;
}
