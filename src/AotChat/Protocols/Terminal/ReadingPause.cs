namespace AotChat.Protocols.Terminal;

/// <summary>Why a session reads nothing for now.</summary>
internal enum ReadingPause
{
    /// <summary>It reads.</summary>
    None,

    /// <summary>It has had its share of the turn; others go first.</summary>
    Turn,

    /// <summary>Its lines come too fast.</summary>
    Flood,

    /// <summary>Its user has not read the answers to the lines before.</summary>
    Answers,
}
