using AotChat.Protocols.Terminal;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>How the server offers to echo what is typed, and hides it (RFC 857).</summary>
public sealed class TelnetEchoSpecs
{
    private readonly TelnetTalk _talk = new();

    [Fact]
    public void A_client_that_speaks_no_telnet_is_sent_only_what_its_user_asks_for()
    {
        _talk.Receive("'a' IAC 'b'").HideEcho(true).RequestTimingMark();
        Assert.Empty(_talk.Sent);
        Assert.False(_talk.Protocol.IsSpeaker);

        _talk.OfferEcho();
        Assert.Equal("WILL ECHO WILL SGA DO NAWS", _talk.TakeText());
    }

    [Theory]
    [InlineData("DONT ECHO", "")]
    [InlineData("DONT ECHO DO SGA", "WONT SGA")]
    [InlineData("DONT ECHO DONT SGA", "")]
    [InlineData("DO ECHO DONT SGA", "WONT ECHO")]
    [InlineData("DONT SGA DO ECHO", "WONT ECHO")]
    [InlineData("DONT SGA DONT ECHO", "")]
    public void A_refused_offer_is_reported_and_not_repeated(string refusal, string answer)
    {
        _talk.OfferEcho().TakeSent();
        _talk.Receive(refusal);

        // The offer of the other option is taken back once it is answered, not before (RFC 1143).
        Assert.Equal(answer, _talk.TakeText());
        Assert.Equal([TelnetEvents.EchoRefused], _talk.Events);
        Assert.False(_talk.Protocol.IsCharacterMode);
        _talk.Receive("DONT SGA DONT ECHO WONT NAWS");
        Assert.Empty(_talk.Sent);
    }

    [Fact]
    public void A_hidden_password_leaves_the_mode_as_it_was()
    {
        // In character mode the server echoes already.
        _talk.Receive("DO ECHO DO SGA").HideEcho(true);
        _talk.TakeSent();
        Assert.True(_talk.Protocol is { IsEchoHidden: true, IsCharacterMode: true });
        _talk.HideEcho(false);
        Assert.True(_talk.Protocol is { IsEchoHidden: false, IsCharacterMode: true });
        Assert.Empty(_talk.Sent);

        // The mode is ended while the password is typed: the echo stays hidden.
        _talk.HideEcho(true).WithdrawEcho();
        Assert.Equal("WONT SGA", _talk.TakeText());
        _talk.Receive("DONT SGA");
        Assert.True(_talk.Protocol is { IsEchoHidden: true, IsCharacterMode: false });
        _talk.HideEcho(false).Receive("DONT ECHO");
        Assert.Equal("WONT ECHO", _talk.TakeText());
        Assert.False(_talk.Protocol.IsEchoHidden);
    }

    [Fact]
    public void A_client_that_goes_on_echoing_a_password_is_reported()
    {
        _talk.Receive("NOP").HideEcho(true).TakeSent();
        _talk.Receive("DONT ECHO");
        Assert.Equal([TelnetEvents.EchoRefused], _talk.Events);
        Assert.Empty(_talk.Sent);

        _talk.HideEcho(false);
        Assert.Empty(_talk.Sent);
        _talk.HideEcho(true);
        Assert.Equal("WILL ECHO", _talk.TakeText());
    }
}
