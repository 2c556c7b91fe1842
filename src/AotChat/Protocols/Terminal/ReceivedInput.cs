namespace AotChat.Protocols.Terminal;

/// <summary>
/// What the session that reads at present has received and not run yet, in the one buffer that all sessions receive into.
/// Owned by the event loop.
/// </summary>
/// <param name="size">How many bytes fit, those included that a session had kept.</param>
internal sealed class ReceivedInput(int size)
{
    private readonly byte[] _buffer = new byte[size];
    private int _start;
    private int _end;

    /// <summary>All of the buffer: kept bytes go to its front, and new ones behind them.</summary>
    public Span<byte> Buffer => _buffer;

    /// <summary>What is not dealt with yet; telnet commands are out of it.</summary>
    public ReadOnlySpan<byte> Rest => _buffer.AsSpan(_start, _end - _start);

    /// <summary>What has arrived behind a telnet command that changes the mode, as it arrived.</summary>
    public byte[] BehindModeChange { get; set; } = [];

    /// <summary>Notes how many bytes at the front of the buffer are to be dealt with.</summary>
    public void Begin(int count) => (_start, _end) = (0, count);

    /// <summary>Notes how many bytes of the rest are dealt with.</summary>
    public void Consume(int count) => _start += count;
}
