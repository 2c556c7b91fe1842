namespace AotChat.Protocols.Terminal;

/// <summary>What went wrong with a line that was typed, as far as its sender should know.</summary>
[Flags]
internal enum LineFaults
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It held bytes that are not UTF-8; each became U+FFFD.</summary>
    NotUtf8 = 1,

    /// <summary>A sequence for the terminal did not end, and took the rest of the line with it.</summary>
    CutShort = 2,
}
