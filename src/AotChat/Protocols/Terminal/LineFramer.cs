namespace AotChat.Protocols.Terminal;

/// <summary>
/// Cuts bytes into lines. LF, CR LF, CR NUL (telnet, RFC 1123 3.3.1) and CR alone (a terminal in raw mode) each end one.
/// It holds no bytes, only whether it is in the middle of a line that was too long or of an end of line; the caller
/// keeps what was not consumed and offers it again with more behind it.
/// </summary>
/// <param name="maxLineBytes">The longest line without its end, in bytes.</param>
internal struct LineFramer(int maxLineBytes)
{
    private readonly int _maxLineBytes = maxLineBytes;
    private bool _skipping;
    private bool _afterReturn;

    /// <summary>Whether the rest of a line over the limit is still to be skipped.</summary>
    public readonly bool IsSkipping => _skipping;

    /// <summary>Whether an end of line is among the bytes.</summary>
    public static bool HoldsEnd(ReadOnlySpan<byte> input) => input.ContainsAny((byte)'\n', (byte)'\r');

    /// <summary>
    /// Consumes the LF or NUL behind a CR that has ended a line already. A CR ends its line at once, since the byte
    /// behind it may never come.
    /// </summary>
    /// <returns>How many bytes of the input are dealt with: 1 or 0.</returns>
    public int FinishReturn(ReadOnlySpan<byte> input)
    {
        if (!_afterReturn || input.IsEmpty)
        {
            return 0;
        }

        _afterReturn = false;
        return IsSecondOfEnd(input[0]) ? 1 : 0;
    }

    /// <summary>Looks for the next line, after <see cref="FinishReturn"/>.</summary>
    /// <param name="input">What has arrived and was not consumed yet.</param>
    /// <param name="line">The line without its end, for <see cref="FrameResult.Line"/>.</param>
    /// <param name="consumed">How many bytes are dealt with, whatever the result.</param>
    public FrameResult Read(ReadOnlySpan<byte> input, out ReadOnlySpan<byte> line, out int consumed)
    {
        line = default;
        consumed = 0;
        if (_skipping)
        {
            // It was reported when it grew too long; only its end is looked for.
            if (!TryFindEnd(input, out _, out consumed))
            {
                consumed = input.Length;
                return input.IsEmpty ? FrameResult.Incomplete : FrameResult.Skipped;
            }

            _skipping = false;
            input = input[consumed..];
        }

        bool isWhole = TryFindEnd(input, out int length, out int withEnd);
        if (length > _maxLineBytes)
        {
            _skipping = !isWhole;
            consumed += withEnd;
            return FrameResult.TooLong;
        }

        if (!isWhole)
        {
            return FrameResult.Incomplete;
        }

        line = input[..length];
        consumed += withEnd;
        return FrameResult.Line;
    }

    /// <summary>Takes what is left at the end of input as the last line; empty where there is none.</summary>
    public readonly ReadOnlySpan<byte> ReadLast(ReadOnlySpan<byte> input) => _skipping ? default : input;

    private static bool IsSecondOfEnd(byte unit) => unit is (byte)'\n' or 0;

    // Where there is no end, the line so far is everything.
    private bool TryFindEnd(ReadOnlySpan<byte> input, out int length, out int withEnd)
    {
        length = input.IndexOfAny((byte)'\n', (byte)'\r');
        if (length < 0)
        {
            length = input.Length;
            withEnd = length;
            return false;
        }

        withEnd = length + 1;
        if (input[length] == (byte)'\r')
        {
            _afterReturn = true;
            withEnd += FinishReturn(input[withEnd..]);
        }

        return true;
    }
}
