using AotChat.Tests.Simulation;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>How sessions end when the server stops.</summary>
public sealed class SessionStopSpecs
{
    private readonly SimulatedChat _chat = new();

    [Fact]
    public void A_failure_with_one_user_at_the_stop_does_not_keep_the_others_from_their_farewell()
    {
        SimulatedClient failing = _chat.Connect();
        SimulatedClient other = _chat.Connect();
        bool stopped = false;
        _chat.Jobs.FailsToLeave = true;

        _chat.Stop(_chat.Server.LeaveLimit, () => stopped = true);
        _chat.Settle();

        Assert.Equal(["Server is shutting down."], other.ReadTexts());
        Assert.True(failing.Transport.Closed && other.Transport.Closed && stopped);
    }

    [Fact]
    public void A_stop_tells_everyone_and_sends_what_waits()
    {
        SimulatedClient reader = _chat.Connect();
        SimulatedClient slow = _chat.Connect();
        slow.Transport.Window = 10;
        bool stopped = false;

        _chat.Stop(_chat.Server.LeaveLimit, () => stopped = true);
        _chat.Settle();

        Assert.Equal(["Server is shutting down."], reader.ReadTexts());
        Assert.True(reader.Transport.Closed);
        Assert.False(stopped);
        slow.Transport.Window = int.MaxValue;
        _chat.Settle();
        Assert.Equal(["Server is shutting down."], slow.ReadTexts());
        Assert.True(stopped);
    }

    [Fact]
    public void A_stop_waits_for_nobody_longer_than_the_limit()
    {
        SimulatedClient stuck = _chat.Connect();
        stuck.Transport.Window = 0;
        bool stopped = false;
        _chat.Stop(_chat.Server.LeaveLimit, () => stopped = true);

        _chat.Advance(_chat.Server.LeaveLimit - TimeSpan.FromMilliseconds(1));
        Assert.False(stopped);
        _chat.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(stopped);
        Assert.True(stuck.Transport.Closed);
    }
}
