namespace AotChat.Chat;

/// <summary>A line of a room's history. Its bytes are valid until the next one is read.</summary>
internal readonly ref struct HistoryLine(long number, long ticks, ChatEventKind kind, ReadOnlySpan<byte> body, int nameLength)
{
    /// <summary>Its number in its room.</summary>
    public long Number { get; } = number;

    /// <summary>When it was said, in ticks of UTC.</summary>
    public long Ticks { get; } = ticks;

    public ChatEventKind Kind { get; } = kind;

    /// <summary>Who said it and what: <c>NAME TEXT</c>, safe for a terminal.</summary>
    public ReadOnlySpan<byte> Body { get; } = body;

    /// <summary>The author's name at that time.</summary>
    public ReadOnlySpan<byte> Name => Body[..nameLength];

    /// <summary>The rest behind the name, with its space.</summary>
    public ReadOnlySpan<byte> Rest => Body[nameLength..];
}
