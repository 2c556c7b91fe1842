namespace AotChat.Connections;

/// <summary>Why a session ended; the first reason counts.</summary>
internal enum CloseReason
{
    /// <summary>The user asked for it.</summary>
    Quit,

    /// <summary>The peer ended its input.</summary>
    EndOfInput,

    /// <summary>The connection broke.</summary>
    Broken,

    /// <summary>The peer did not read: too much waited for it, or for too long.</summary>
    NotReading,

    /// <summary>The peer sent nothing within the time limit.</summary>
    Idle,

    /// <summary>The input of all users reached its limit of memory, and the peer's took the most.</summary>
    TooMuchInput,

    /// <summary>The peer gave no sign of life when somebody else at its address wanted its name.</summary>
    Ghost,

    /// <summary>An operator does not want the user here.</summary>
    Expelled,

    /// <summary>The peer speaks another protocol.</summary>
    WrongProtocol,

    /// <summary>The server stops.</summary>
    ServerStops,

    /// <summary>A bug in the server ended it.</summary>
    InternalError,
}
