using AotChat.Limits;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// How the bytes of one connection become lines: lines are cut, and those that come too fast are held back. A mutable structure that belongs to its session.
/// </summary>
/// <param name="maxLineBytes">The longest line without its end, in bytes.</param>
internal struct SessionInput(int maxLineBytes)
{
    // The keys with the longest sequences send some eight bytes, and a few may come together.
    private const int LargestKeystroke = 32;

    private LineFramer _framer = new(maxLineBytes);
    private Inbox _inbox;
    private RateGate _gate;

    /// <summary>What arrived earlier and is not dealt with yet.</summary>
    public readonly ReadOnlySpan<byte> Kept => _inbox.Kept;

    /// <summary>Keeps these bytes for later; they must not lie in <see cref="Kept"/>.</summary>
    public void Keep(ReadOnlySpan<byte> input, InboxBudget budget) => _inbox.Keep(input, budget);

    /// <summary>How many bytes of memory it holds.</summary>
    public readonly int Size => _inbox.Size;

    /// <summary>Forgets what was kept.</summary>
    public void Clear(InboxBudget budget) => _inbox.Clear(budget);

    /// <summary>How long nothing more may be received, in the clock's ticks.</summary>
    public readonly long Wait(long now, in RateLimit flood) => _gate.Wait(now, flood);

    /// <summary>Whether the first line has been read.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether the rest of a line over the limit is still to be skipped.</summary>
    public readonly bool IsSkipping => _framer.IsSkipping;

    /// <summary>Counts work that is no line as one: a piece of input with telnet commands.</summary>
    public void Count(long now, in RateLimit flood) => _gate.Pass(now, flood);

    /// <summary>Looks for the next line among keys. See <see cref="LineEditor.Read"/>.</summary>
    /// <param name="editor">What makes lines of keys.</param>
    /// <param name="input">What has arrived and was not consumed yet.</param>
    /// <param name="now">The time, as a timestamp.</param>
    /// <param name="flood">How fast lines may come.</param>
    /// <param name="consumed">How many bytes are dealt with, whatever the result.</param>
    public InputEvent ReadKeys(LineEditor editor, ReadOnlySpan<byte> input, long now, in RateLimit flood, out int consumed)
    {
        consumed = 0;
        if (!_gate.IsOpen(now, flood) && LineFramer.HoldsEnd(input))
        {
            return InputEvent.TooFast;
        }

        EditorResult result = editor.Read(input, out consumed);
        if (result is EditorResult.Line or EditorResult.TooLong || input.Length > LargestKeystroke)
        {
            // Keys that end no line cost work as well; a person presses one at a time.
            _gate.Pass(now, flood);
        }

        return result switch
        {
            EditorResult.Line => InputEvent.Line,
            EditorResult.TooLong => InputEvent.TooLong,
            EditorResult.Quit => InputEvent.Quit,
            _ => InputEvent.Incomplete,
        };
    }

    /// <summary>Looks for the next line.</summary>
    /// <param name="input">What has arrived and was not consumed yet.</param>
    /// <param name="now">The time, as a timestamp.</param>
    /// <param name="flood">How fast lines may come.</param>
    /// <param name="line">The line without its end, for <see cref="InputEvent.Line"/>.</param>
    /// <param name="consumed">How many bytes are dealt with, whatever the result.</param>
    public InputEvent Read(ReadOnlySpan<byte> input, long now, scoped in RateLimit flood, out ReadOnlySpan<byte> line, out int consumed)
    {
        line = default;
        consumed = 0;
        int finished = _framer.FinishReturn(input);
        input = input[finished..];
        if (!_gate.IsOpen(now, flood) && LineFramer.HoldsEnd(input))
        {
            consumed = finished;
            return InputEvent.TooFast;
        }

        FrameResult result = _framer.Read(input, out line, out consumed);
        consumed += finished;
        switch (result)
        {
            case FrameResult.Line:
                _gate.Pass(now, flood);
                HasBegun = true;
                return InputEvent.Line;

            case FrameResult.TooLong:
                _gate.Pass(now, flood);
                HasBegun = true;
                return InputEvent.TooLong;

            case FrameResult.Skipped:
                // An endless line must not be a way around the limit.
                _gate.Pass(now, flood);
                return InputEvent.Incomplete;

            default:
                return InputEvent.Incomplete;
        }
    }

    /// <summary>Takes what was kept as the last line, at the end of input; empty where there is none.</summary>
    public readonly ReadOnlySpan<byte> ReadLast(ReadOnlySpan<byte> input) => _framer.ReadLast(input);
}
