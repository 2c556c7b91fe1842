using AotChat.Limits;
using AotChat.Protocols.Terminal;

namespace AotChat.Net;

/// <summary>
/// How the bytes of one connection become lines: telnet commands come out, other protocols are recognised, lines are
/// cut, and those that come too fast are held back. A mutable structure that belongs to its session.
/// </summary>
/// <param name="maxLineBytes">The longest line without its end, in bytes.</param>
internal struct SessionInput(int maxLineBytes)
{
    private LineFramer _framer = new(maxLineBytes);
    private Inbox _inbox;
    private TelnetProtocol? _telnet;
    private RateGate _gate;
    private bool _begun;

    /// <summary>What arrived earlier and is not dealt with yet.</summary>
    public readonly ReadOnlySpan<byte> Kept => _inbox.Kept;

    /// <summary>What telnet commands so far ask the session to do; it stays.</summary>
    public TelnetEvents TelnetEvents { get; private set; }

    /// <summary>
    /// Whether the last input ended with an 0xFF, which may begin a telnet command: it belongs in front of the next input.
    /// </summary>
    public bool EndsWithIac { get; private set; }

    /// <summary>Keeps these bytes for later; they must not lie in <see cref="Kept"/>.</summary>
    public void Keep(ReadOnlySpan<byte> input) => _inbox.Keep(input);

    /// <summary>Forgets what was kept.</summary>
    public void Clear() => _inbox.Clear();

    /// <summary>Whether more may be received, as far as the speed goes.</summary>
    public readonly bool IsOpen(long now, in RateLimit flood) => _gate.IsOpen(now, flood);

    /// <summary>How long nothing more may be received, in the clock's ticks.</summary>
    public readonly long Wait(long now, in RateLimit flood) => _gate.Wait(now, flood);

    /// <summary>Whether there are telnet commands to be taken out of what has arrived.</summary>
    public readonly bool HoldsTelnet(ReadOnlySpan<byte> arrived) => TelnetProtocol.Concerns(_telnet, arrived);

    /// <summary>
    /// Takes telnet commands out, in place; their work counts as that of a line. See <see cref="TelnetProtocol.Filter"/>.
    /// </summary>
    public TelnetResult FilterTelnet(Span<byte> arrived, ref TelnetAnswers answers, long now, in RateLimit flood)
    {
        _telnet ??= new TelnetProtocol();
        TelnetResult result = _telnet.Filter(arrived, ref answers);
        if (result.Consumed > 0)
        {
            _gate.Pass(now, flood);
        }

        TelnetEvents |= result.Events;
        EndsWithIac = result.Consumed < arrived.Length;
        return result;
    }

    /// <summary>Looks for the next line.</summary>
    /// <param name="input">What has arrived and was not consumed yet.</param>
    /// <param name="now">The time, as a timestamp.</param>
    /// <param name="flood">How fast lines may come.</param>
    /// <param name="line">The line without its end, for <see cref="InputEvent.Line"/>.</param>
    /// <param name="consumed">How many bytes are dealt with, whatever the result.</param>
    public InputEvent Read(ReadOnlySpan<byte> input, long now, in RateLimit flood, out ReadOnlySpan<byte> line, out int consumed)
    {
        line = default;
        consumed = 0;
        if (!_begun && ForeignProtocol.IsTlsHello(input))
        {
            return InputEvent.TlsHello;
        }

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
                return Begin(!_begun && ForeignProtocol.IsHttpRequest(line), InputEvent.Line);

            case FrameResult.TooLong:
                _gate.Pass(now, flood);
                return Begin(!_begun && ForeignProtocol.IsHttpStart(input), InputEvent.TooLong);

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

    private InputEvent Begin(bool isHttp, InputEvent otherwise)
    {
        _begun = true;
        return isHttp ? InputEvent.HttpRequest : otherwise;
    }
}
