namespace AotChat.Chat;

/// <summary>How a user wants things to be shown. The default is the usual form.</summary>
/// <param name="Clock">The form of times.</param>
/// <param name="Zone">The time zone; null for the server's own.</param>
/// <param name="HasColours">Whether names are in colours, and the user's own name is marked in what others write.</param>
/// <param name="RingsBell">Whether the bell rings for messages to the user alone and for what names the user.</param>
/// <param name="MarksBroadcasts">Whether broadcasts are told apart from what is said in rooms.</param>
internal readonly record struct ReaderPreferences(
    LineClock Clock = LineClock.Long,
    TimeZoneInfo? Zone = null,
    bool HasColours = false,
    bool RingsBell = false,
    bool MarksBroadcasts = false);
