namespace AotChat.Chat;

/// <summary>What has happened.</summary>
internal enum ChatEventKind : byte
{
    /// <summary>The server says something to one user: an answer, or what that user has to know.</summary>
    Notice,

    /// <summary>Somebody said something in a room.</summary>
    Said,

    /// <summary>Somebody did something in a room, with <c>me</c>.</summary>
    Acted,

    /// <summary>Somebody joined a room.</summary>
    Joined,

    /// <summary>Somebody left a room.</summary>
    Left,

    /// <summary>Somebody who was in a room left the chat; the text is the last words, and may be empty.</summary>
    Quit,

    /// <summary>Somebody was renamed.</summary>
    Renamed,

    /// <summary>Somebody set the topic of a room; the text is the topic.</summary>
    TopicSet,

    /// <summary>Somebody wrote to one user alone.</summary>
    Direct,

    /// <summary>The reader wrote to one user alone, through another session or before; the recipient stands beside it.</summary>
    Sent,

    /// <summary>Somebody wrote to everybody.</summary>
    Broadcast,

    /// <summary>
    /// Somebody was put out of a room; the name is that of the user who was put out, the author the one who did it, the text
    /// the reason, which may be empty.
    /// </summary>
    Kicked,

    /// <summary>
    /// A line of a room was removed from history; the name is that of the user who removed it, the number that of the line.
    /// In the history it stands for the line.
    /// </summary>
    Removed,
}

/// <summary>The kind of a notice's part, for encoders that show it differently.</summary>
internal enum NoticePartKind : byte
{
    /// <summary>The server's own words.</summary>
    Words,

    /// <summary>The name of a user.</summary>
    Name,

    /// <summary>Text from outside.</summary>
    Text,

    /// <summary>A time, to be shown by the reader's clock.</summary>
    Time,
}

/// <summary>A part of a notice.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins in the event's bytes.</param>
/// <param name="Length">How many bytes it has; none for a time.</param>
/// <param name="Ticks">The time, in ticks of UTC.</param>
internal readonly record struct NoticePart(NoticePartKind Kind, int Start, int Length, long Ticks);

/// <summary>
/// Something that has happened in the chat, as a value that knows nothing of how it is shown. Valid until the end of the
/// event loop's turn.
/// </summary>
/// <remarks>Its text is valid UTF-8 without CR, LF and NUL; what a recipient may be sent of it is decided by the encoder.</remarks>
internal readonly struct ChatEvent
{
    private readonly EventLog _log;

    internal ChatEvent(EventLog log, int index)
    {
        _log = log;
        Index = index;
    }

    /// <summary>Which event of the turn it is.</summary>
    public int Index { get; }

    /// <summary>What it is.</summary>
    public ChatEventKind Kind => _log[Index].Kind;

    /// <summary>When it happened, in ticks of UTC.</summary>
    public long Ticks => _log[Index].Ticks;

    /// <summary>Whether it happened earlier and is shown again.</summary>
    public bool IsReplayed => _log[Index].IsReplayed;

    /// <summary>Its number in the room's history; 0 where it is not kept.</summary>
    public long Number => _log[Index].Number;

    /// <summary>The room in which it happened; null for none.</summary>
    public Room? Room => _log[Index].Room;

    /// <summary>The user who did it. A notice has none, and neither has an event that is replayed.</summary>
    public User? Author => _log[Index].Author;

    /// <summary>The author's name when it happened; for a rename, the old name.</summary>
    public ReadOnlySpan<byte> Name => _log.Bytes(_log[Index].NameStart, _log[Index].NameLength);

    /// <summary>What was written; for a rename, the new name.</summary>
    public ReadOnlySpan<byte> Text => _log.Bytes(_log[Index].TextStart, _log[Index].TextLength);

    /// <summary>The name of the one it was written to; only known of <see cref="ChatEventKind.Sent"/>.</summary>
    public ReadOnlySpan<byte> Recipient => _log.Bytes(_log[Index].RecipientStart, _log[Index].RecipientLength);

    /// <summary><c>NAME TEXT</c>, as the history keeps it.</summary>
    public ReadOnlySpan<byte> NameAndText => _log.Bytes(_log[Index].NameStart, _log[Index].TextStart + _log[Index].TextLength - _log[Index].NameStart);

    /// <summary>Whether it has text that its author wrote, in which others can be named.</summary>
    public bool HasAuthorsText => Kind switch
    {
        ChatEventKind.Said or ChatEventKind.Acted or ChatEventKind.TopicSet or ChatEventKind.Direct or ChatEventKind.Broadcast => true,
        ChatEventKind.Quit or ChatEventKind.Kicked => !Text.IsEmpty,
        _ => false,
    };

    /// <summary>The parts of a notice, in order.</summary>
    public ReadOnlySpan<NoticePart> Parts => _log.PartsOf(_log[Index]);

    /// <summary>The bytes of a part of a notice.</summary>
    public ReadOnlySpan<byte> BytesOf(NoticePart part) => _log.Bytes(part.Start, part.Length);
}
