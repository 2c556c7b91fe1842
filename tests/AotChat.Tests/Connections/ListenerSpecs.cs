using AotChat.Configuration;
using AotChat.Connections;
using AotChat.Loop;
using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Connections;

/// <summary>What becomes of those who connect, and of the server when accepting fails.</summary>
public sealed class ListenerSpecs : IDisposable
{
    private readonly SimulatedChat _chat = new();
    private readonly ScriptedAcceptor _acceptor;
    private readonly Listener _listener;

    public ListenerSpecs()
    {
        _acceptor = new ScriptedAcceptor(_chat.Poller);
        _listener = new Listener(_chat.Loop, _acceptor, _acceptor.EndPoint, new ChatOptions(), _chat.Gate.Accept, _chat.Log);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Many_are_accepted_in_a_turn_but_not_without_end()
    {
        for (int i = 0; i < ChatOptions.AcceptsPerTurn + 10; i++)
        {
            _acceptor.Arrive();
        }

        Ready();

        Assert.Equal(10, _acceptor.Waiting);
        Assert.Equal(ChatOptions.AcceptsPerTurn, _chat.Gate.Admission.Count);
    }

    [Fact]
    public void A_client_that_left_the_backlog_does_not_keep_the_next_one_waiting()
    {
        _acceptor.Fail(AcceptStatus.Gone);
        _acceptor.Arrive();

        Ready();

        Assert.Equal(1, _chat.Gate.Admission.Count);
        Assert.True(_acceptor.IsWatched);
    }

    [Fact]
    public void A_listener_without_descriptors_pauses_and_says_so_once()
    {
        for (int tries = 0; tries < 3; tries++)
        {
            _acceptor.Fail(AcceptStatus.Exhausted);
            Ready();
            Assert.False(_acceptor.IsWatched);
            _chat.Advance(TimeSpan.FromMilliseconds(500));
            Assert.True(_acceptor.IsWatched);
        }

        _acceptor.Arrive();
        _chat.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1, _chat.Gate.Admission.Count);
        Assert.Single(_chat.Log.Entries, entry => entry.Message.Contains("Cannot accept connections for now", StringComparison.Ordinal));
        Assert.Single(_chat.Log.Entries, entry => entry.Message.Contains("Accepting connections again", StringComparison.Ordinal));
    }

    [Fact]
    public void A_listener_that_ends_while_it_recovers_leaves_no_timer()
    {
        _acceptor.Fail(AcceptStatus.Exhausted);
        Ready();
        _chat.Advance(ChatOptions.AcceptPause);
        Assert.Equal(1, _chat.Loop.TimerCount);

        _listener.Dispose();

        Assert.Equal(0, _chat.Loop.TimerCount);
    }

    [Fact]
    public void A_dead_listener_stops_and_the_others_chat_on()
    {
        SimulatedClient alice = _chat.Connect();
        _acceptor.Fail(AcceptStatus.Dead);

        Ready();

        Assert.True(_acceptor.IsDisposed);
        Assert.Contains(_chat.Log.Entries, entry => entry.Message.Contains("No longer listening on 127.0.0.1:1235", StringComparison.Ordinal));
        Assert.Equal(["No other user is connected."], alice.Type("w").ReadTexts());
    }

    private void Ready() => _chat.InLoop(() => _listener.OnReady(Readiness.Readable));
}
