namespace AotChat.Protocols.Terminal;

/// <summary>What <see cref="EscapeSequence.Next"/> made of a character.</summary>
internal enum EscapeStep
{
    /// <summary>The character is text or a control of its own; no sequence is under way.</summary>
    Outside,

    /// <summary>The character begins a sequence or continues one.</summary>
    Inside,

    /// <summary>The character is the last one of a sequence.</summary>
    Ended,

    /// <summary>The sequence before the character was cut short. The character is not part of it and is to be offered again.</summary>
    Broken,
}
