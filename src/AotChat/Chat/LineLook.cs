namespace AotChat.Chat;

/// <summary>How a reader wants lines to look. The default is the usual look.</summary>
/// <param name="Clock">The form of the time in front of a line.</param>
/// <param name="Zone">The time zone; null for the server's own.</param>
/// <param name="HasColours">Whether names are in colours, and the reader's own name is marked in what others write.</param>
/// <param name="RingsBell">Whether the bell rings for messages to the reader alone and for lines that name the reader.</param>
/// <param name="MarksBroadcasts">Whether <c>(all)</c> stands in front of broadcasts.</param>
/// <param name="EndsWithCrLf">Whether lines end with CR LF (RFC 854), as telnet wants them, and not with LF.</param>
internal readonly record struct LineLook(
    LineClock Clock = LineClock.Long,
    TimeZoneInfo? Zone = null,
    bool HasColours = false,
    bool RingsBell = false,
    bool MarksBroadcasts = false,
    bool EndsWithCrLf = false);
