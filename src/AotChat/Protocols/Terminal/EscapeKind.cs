namespace AotChat.Protocols.Terminal;

/// <summary>The kinds of sequences that <see cref="EscapeSequence"/> knows.</summary>
internal enum EscapeKind : byte
{
    /// <summary>ESC and one character, or ESC, intermediate characters and one character: a key with Alt, a character set.</summary>
    Short,

    /// <summary>CSI, <c>ESC [ … A</c>: arrows, function keys, markers around pasted text.</summary>
    Control,

    /// <summary>SS2 or SS3, <c>ESC O A</c>: arrows and function keys in application mode.</summary>
    Shift,

    /// <summary>A function key of the Linux console, <c>ESC [ [ A</c>; not the arrow that <c>ESC [ A</c> is.</summary>
    ConsoleKey,

    /// <summary>OSC, DCS, SOS, PM or APC: text for the terminal itself, up to ST or BEL.</summary>
    String,
}
