namespace AotChat.Protocols.Terminal;

/// <summary>What a key does in a <see cref="LineEditor"/>.</summary>
internal enum EditorKey
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is text.</summary>
    Character,
    Enter,
    Left,
    Right,
    WordLeft,
    WordRight,
    Home,
    End,
    Up,
    Down,
    EraseBack,
    EraseForward,
    EraseForwardOrQuit,
    EraseWordBack,
    EraseWordForward,
    EraseToEnd,
    EraseLine,
    Cancel,
    ClearScreen,
    Complete,
    PasteBegins,
    PasteEnds,
}
