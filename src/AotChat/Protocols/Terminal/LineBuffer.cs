using AotChat.Text;

namespace AotChat.Protocols.Terminal;

/// <summary>The lines of one turn, one behind the other, as one kind of reader sees them. Owned by the event loop.</summary>
internal abstract class LineBuffer
{
    /// <summary>Where the lines lie; replaced when they need more room.</summary>
    protected byte[] Buffer { get; set; } = [];

    /// <summary>How many bytes the lines have.</summary>
    public int Count { get; protected set; }

    /// <summary>The bytes of a line, or of several that stand in a row. Valid until the next line is begun.</summary>
    public ReadOnlySpan<byte> Bytes(Line line) => Buffer.AsSpan(line.Start, line.Length);

    /// <summary>Adds bytes that are safe for a terminal.</summary>
    protected void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Count += bytes.Length;
    }

    /// <summary>Adds text from outside, made safe for a terminal.</summary>
    protected void AppendText(ReadOnlySpan<byte> text)
    {
        Count += TerminalText.Copy(text, Reserve(text.Length * TerminalText.MaxGrowth));
    }

    /// <summary>Replaces the buffer by a larger one with the same content.</summary>
    /// <param name="size">How many bytes it needs at least.</param>
    protected abstract void Grow(int size);

    /// <summary>Room for this many bytes more; the caller adds to <see cref="Count"/> how many it has written.</summary>
    protected Span<byte> Reserve(int more)
    {
        if (Buffer.Length - Count < more)
        {
            Grow(Count + more);
        }

        return Buffer.AsSpan(Count);
    }
}
