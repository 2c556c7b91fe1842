using System.Text;
using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>What happens between the wish for the line editor and the client's answer.</summary>
public sealed class EditorOfferSpecs
{
    private const byte Iac = 255, Dont = 254, Do = 253;

    private readonly SimulatedChat _chat = new(new ChatOptions { FloodRate = 0 });

    public EditorOfferSpecs() => _chat.Connect().Type("nick bob");

    [Fact]
    public void The_editor_can_be_called_off_before_the_client_has_agreed()
    {
        SimulatedClient alice = _chat.Connect().Type("editor on", "editor off");
        Assert.EndsWith("] The line editor is off.\n", Encoding.Latin1.GetString(alice.Transport.Read()), StringComparison.Ordinal);
        alice.Send([Iac, Do, 1, Iac, Do, 3]);
        _chat.Advance(ChatOptions.EditorOfferLimit);

        Assert.DoesNotContain("line editor", Encoding.Latin1.GetString(alice.Transport.Read()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_speaks_no_telnet_is_told_that_the_editor_stays_off()
    {
        SimulatedClient alice = _chat.Connect().Type("editor on");
        Assert.Equal(9, alice.Transport.Read().Length);
        _chat.Advance(ChatOptions.EditorOfferLimit);
        byte[] withdrawn = alice.Transport.Read();

        Assert.EndsWith(
            "] The line editor stays off: it needs a telnet client that lets the server echo, and yours does not.\n",
            Encoding.ASCII.GetString(withdrawn[6..]), StringComparison.Ordinal);
        alice.Type("w");
        Assert.Equal(["Online users: bob"], alice.ReadTexts());
    }

    [Fact]
    public void A_client_that_refuses_is_believed_at_once()
    {
        SimulatedClient alice = _chat.Connect().Type("editor on").Send([Iac, Dont, 1]);

        Assert.Contains("The line editor stays off", Encoding.Latin1.GetString(alice.Transport.Read()), StringComparison.Ordinal);
        _chat.Advance(ChatOptions.EditorOfferLimit * 2);
        Assert.Empty(alice.Transport.Read());
    }

    [Fact]
    public void A_user_who_asks_for_the_editor_and_leaves_keeps_no_timer()
    {
        SimulatedClient alice = _chat.Connect().Type("editor on");
        alice.Type("quit");

        Assert.Equal(0, _chat.Loop.TimerCount);
    }
}
