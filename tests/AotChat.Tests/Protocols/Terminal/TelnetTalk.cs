using AotChat.Protocols.Terminal;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>A <see cref="TelnetProtocol"/> and what comes of its input, used as a session uses it.</summary>
internal sealed class TelnetTalk
{
    private byte[] _rest = [];

    public TelnetProtocol Protocol { get; } = new();

    /// <summary>The data so far.</summary>
    public List<byte> Data { get; } = [];

    /// <summary>What was sent and not taken yet.</summary>
    public List<byte> Sent { get; } = [];

    /// <summary>What the last input meant, in the order of its pieces that meant anything.</summary>
    public List<TelnetEvents> Events { get; } = [];

    /// <summary>How much data there was when the mode changed.</summary>
    public List<int> Changes { get; } = [];

    private delegate void Wish(ref TelnetAnswers answers);

    public TelnetTalk Receive(string text) => Receive(TelnetText.Parse(text));

    public TelnetTalk Receive(params ReadOnlySpan<byte> bytes)
    {
        Events.Clear();
        byte[] input = [.. _rest, .. bytes];
        _rest = [];
        if (!TelnetProtocol.Concerns(Protocol, input))
        {
            Data.AddRange(input);
            return this;
        }

        TelnetResult result;
        do
        {
            byte[] room = new byte[TelnetProtocol.AnswerBytes];
            TelnetAnswers answers = new(room);
            result = Protocol.Filter(input, ref answers);
            Assert.InRange(result.Kept, 0, result.Consumed);
            Data.AddRange(input[..result.Kept]);
            Sent.AddRange(answers.Written);
            Note(result.Events);
            input = input[result.Consumed..];
        }
        while (result.Consumed > 0 && input.Length > 0);

        // What may wait is the beginning of a command, nothing more.
        Assert.True(input is [] or [255]);
        _rest = input;
        return this;
    }

    public TelnetTalk OfferEcho() => Ask(Protocol.OfferEcho);

    public TelnetTalk WithdrawEcho() => Ask(Protocol.WithdrawEcho);

    public TelnetTalk HideEcho(bool hides) => Ask((ref answers) => Protocol.HideEcho(hides, ref answers));

    public TelnetTalk RequestTimingMark() => Ask((ref answers) => Protocol.RequestTimingMark(ref answers));

    /// <summary>What was sent since the last time.</summary>
    public byte[] TakeSent()
    {
        byte[] sent = [.. Sent];
        Sent.Clear();
        return sent;
    }

    public string TakeText() => TelnetText.Format(TakeSent());

    private TelnetTalk Ask(Wish wish)
    {
        byte[] room = new byte[TelnetProtocol.AnswerBytes];
        TelnetAnswers answers = new(room);
        wish(ref answers);
        Sent.AddRange(answers.Written);
        return this;
    }

    private void Note(TelnetEvents events)
    {
        if (events != TelnetEvents.None)
        {
            Events.Add(events);
        }

        if ((events & TelnetEvents.ModeChanged) != 0)
        {
            Changes.Add(Data.Count);
        }
    }
}
