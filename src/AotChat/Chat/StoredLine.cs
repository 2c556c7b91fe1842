namespace AotChat.Chat;

/// <summary>A line that is to be kept. Valid during the call.</summary>
/// <param name="room">The number of its room.</param>
/// <param name="number">Its number there.</param>
/// <param name="kind">What it is.</param>
/// <param name="ticks">When, in ticks of UTC.</param>
/// <param name="account">The author's account; 0 for a guest.</param>
/// <param name="nameLength">How many bytes of the body are the author's name.</param>
/// <param name="body"><c>NAME TEXT</c>, in UTF-8.</param>
internal readonly ref struct SaidLine(long room, long number, ChatEventKind kind, long ticks, long account, int nameLength, ReadOnlySpan<byte> body)
{
    public long Room { get; } = room;

    public long Number { get; } = number;

    public ChatEventKind Kind { get; } = kind;

    public long Ticks { get; } = ticks;

    public long Account { get; } = account;

    public int NameLength { get; } = nameLength;

    public ReadOnlySpan<byte> Body { get; } = body;
}

/// <summary>A line that is kept.</summary>
/// <param name="Room">The number of its room.</param>
/// <param name="Number">Its number in the room.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Ticks">When it was said, in ticks of UTC.</param>
/// <param name="Name">The author's name then, in UTF-8.</param>
/// <param name="Text">What was said, in UTF-8; empty where the line was removed.</param>
/// <param name="RemovedBy">The name of the user who removed it; empty for nobody.</param>
internal sealed record StoredLine(long Room, long Number, ChatEventKind Kind, long Ticks, byte[] Name, byte[] Text, string RemovedBy);

/// <summary>Lines of a room that are kept.</summary>
/// <param name="First">The number of the oldest line that is kept; 0 for none.</param>
/// <param name="Last">The number of the newest one; 0 for none.</param>
/// <param name="Lines">Those that were asked for, in order.</param>
internal sealed record StoredPage(long First, long Last, IReadOnlyList<StoredLine> Lines);

/// <summary>What a search looks for; all of it must fit.</summary>
/// <param name="Words">Words, and phrases of several; each has a letter or digit.</param>
/// <param name="Author">The author's name, in any case; empty for anybody.</param>
/// <param name="Rooms">The numbers of the rooms to look in; one at least.</param>
/// <param name="Since">The earliest time, in ticks of UTC; 0 for none.</param>
/// <param name="Before">Lines are earlier than this, in ticks of UTC; <see cref="long.MaxValue"/> for none.</param>
/// <param name="Skip">How many of the newest to leave out: those of earlier pages.</param>
/// <param name="Max">How many lines to find.</param>
internal sealed record StoredSearch(
    IReadOnlyList<string> Words, string Author, IReadOnlyList<long> Rooms, long Since, long Before, int Skip, int Max);
