namespace AotChat.Chat;

/// <summary>The lines of one turn, one behind the other, as one kind of reader sees them. Owned by the event loop.</summary>
internal abstract class LineBuffer
{
    /// <summary>Where the lines lie; replaced when they need more room.</summary>
    protected byte[] Buffer { get; set; } = [];

    /// <summary>The bytes of a line, or of several that stand in a row. Valid until the next line is begun.</summary>
    public ReadOnlySpan<byte> Bytes(Line line) => Buffer.AsSpan(line.Start, line.Length);
}
