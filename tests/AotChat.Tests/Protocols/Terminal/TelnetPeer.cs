namespace AotChat.Tests.Protocols.Terminal;

/// <summary>A client that follows RFC 1143, section 7, as it stands there: a state and a queue bit for each option of each side.</summary>
internal sealed class TelnetPeer(Func<byte, bool> accepts)
{
    private const byte Iac = 255, Dont = 254, Do = 253, Wont = 252, Will = 251;

    private readonly Dictionary<(byte Option, bool IsOurs), (string State, bool Opposite)> _options = [];

    /// <summary>What it has sent.</summary>
    public Queue<byte> Sent { get; } = [];

    /// <summary>Whether it knows where it stands with every option.</summary>
    public bool IsSettled => _options.Values.All(option => option.State is "NO" or "YES");

    public bool IsOn(byte option, bool isOurs) => Of(option, isOurs).State == "YES";

    /// <summary>It wants an option on or off: one of its own or one of the server's.</summary>
    public void Want(byte option, bool isOurs, bool on)
    {
        (string state, bool opposite) = Of(option, isOurs);
        bool isThere = state == (on ? "YES" : "NO") || (state == (on ? "WANTYES" : "WANTNO") && !opposite)
            || (state == (on ? "WANTNO" : "WANTYES") && opposite);
        if (isThere)
        {
            return;
        }

        switch (state)
        {
            case "NO" or "YES":
                Move(option, isOurs, on ? "WANTYES" : "WANTNO", send: on);
                break;

            default:
                _options[(option, isOurs)] = (state, !opposite);
                break;
        }
    }

    public void Receive(byte verb, byte option)
    {
        bool isOurs = verb is Do or Dont;
        bool on = verb is Do or Will;
        switch (Of(option, isOurs), on)
        {
            case (("NO", _), true):
                bool accepted = accepts(option);
                Move(option, isOurs, accepted ? "YES" : "NO", accepted);
                break;

            case (("YES", _), false):
                Move(option, isOurs, "NO", send: false);
                break;

            case (("WANTNO", false), _):
                Assert.False(on, "A refusal was answered with an agreement.");
                Move(option, isOurs, "NO", send: null);
                break;

            case (("WANTNO", true), _):
                Assert.False(on, "A refusal was answered with an agreement.");
                Move(option, isOurs, "WANTYES", send: true);
                break;

            case (("WANTYES", false), _):
                Move(option, isOurs, on ? "YES" : "NO", send: null);
                break;

            case (("WANTYES", true), _):
                Move(option, isOurs, on ? "WANTNO" : "NO", on ? false : null);
                break;
        }
    }

    private (string State, bool Opposite) Of(byte option, bool isOurs) => _options.GetValueOrDefault((option, isOurs), ("NO", false));

    private void Move(byte option, bool isOurs, string state, bool? send)
    {
        _options[(option, isOurs)] = (state, false);
        if (send is not bool on)
        {
            return;
        }

        Sent.Enqueue(Iac);
        Sent.Enqueue(isOurs ? (on ? Will : Wont) : (on ? Do : Dont));
        Sent.Enqueue(option);
    }
}
