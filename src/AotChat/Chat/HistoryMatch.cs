namespace AotChat.Chat;

/// <summary>A line of the history that a search has found. It may be gone by the time that it is shown.</summary>
internal readonly record struct HistoryMatch(Room Room, long Number);
