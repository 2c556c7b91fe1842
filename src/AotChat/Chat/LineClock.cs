namespace AotChat.Chat;

/// <summary>Which form the time in front of a reader's lines has.</summary>
internal enum LineClock
{
    /// <summary>Date and time with microseconds: <c>[YYYYMMDD HH:MM:SS.ffffff]</c>.</summary>
    Long,

    /// <summary><c>[HH:MM]</c>, and <c>[YYYYMMDD HH:MM]</c> where the day is not that of the line before.</summary>
    Short,

    /// <summary>No time, except in front of lines of the history, which have the long form.</summary>
    Off,
}
