namespace AotChat.Net;

/// <summary>
/// Cuts bytes into lines: LF or CRLF ends one. It holds no bytes, only whether it is in the middle of a line that was
/// too long; the caller keeps what was not consumed and offers it again with more behind it.
/// </summary>
/// <param name="maxLineBytes">The longest line without its end, in bytes.</param>
internal struct LineFramer(int maxLineBytes)
{
    private readonly int _maxLineBytes = maxLineBytes;
    private bool _skipping;

    /// <summary>Looks for the next line.</summary>
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
            consumed = input.IndexOf((byte)'\n') + 1;
            if (consumed == 0)
            {
                consumed = input.Length;
                return FrameResult.Incomplete;
            }

            _skipping = false;
            input = input[consumed..];
        }

        int length = input.IndexOf((byte)'\n');
        bool isWhole = length >= 0;
        ReadOnlySpan<byte> text = TrimCarriageReturn(isWhole ? input[..length] : input);
        if (text.Length > _maxLineBytes)
        {
            _skipping = !isWhole;
            consumed += isWhole ? length + 1 : input.Length;
            return FrameResult.TooLong;
        }

        if (!isWhole)
        {
            return FrameResult.Incomplete;
        }

        line = text;
        consumed += length + 1;
        return FrameResult.Line;
    }

    /// <summary>Takes what is left at the end of input as the last line; empty where there is none.</summary>
    public readonly ReadOnlySpan<byte> ReadLast(ReadOnlySpan<byte> input) => _skipping ? default : TrimCarriageReturn(input);

    private static ReadOnlySpan<byte> TrimCarriageReturn(ReadOnlySpan<byte> line) =>
        line is [.. var head, (byte)'\r'] ? head : line;
}
