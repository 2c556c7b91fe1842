using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Transport;
using Microsoft.Extensions.Logging;

namespace AotChat.Tests.Commands;

/// <summary>A name that a connection holds which is gone but not closed.</summary>
public sealed class GhostSpecs
{
    internal const string Asking =
        "Name alice is in use from your address. Asking whether anybody is still there; this takes up to 5 seconds.";

    private const string Wanted = "Your name alice is wanted by another connection from your address. Press Enter within 5 seconds to keep it.";
    private const string PutOut =
        "You did not answer. Your name alice goes to another connection from your address, and this one is closed.";

    private static readonly TimeSpan Limit = ChatOptions.NameAnswerLimit;
    private static readonly PeerAddress Home = PeerAddress.FromV4([192, 0, 2, 1], 1);
    private static readonly PeerAddress HomeAgain = PeerAddress.FromV4([192, 0, 2, 1], 2);
    private static readonly PeerAddress Cafe = PeerAddress.FromV4([192, 0, 2, 2], 1);

    private readonly SimulatedChat _chat = new() { Log = { KeepsVisits = true } };
    private readonly SimulatedClient _holder;
    private readonly SimulatedClient _asker;

    public GhostSpecs()
    {
        _holder = _chat.Connect(peer: Home);
        _holder.Type("nick alice", "join lobby").ReadTexts();
        _asker = _chat.Connect(peer: HomeAgain);
    }

    [Fact]
    public void A_holder_who_does_not_answer_is_put_out_and_the_name_goes_to_the_one_who_asks()
    {
        _chat.Log.MinLevel = LogLevel.Debug;
        SimulatedClient witness = _chat.Connect(peer: Cafe);
        Array.ForEach([witness, _asker], client => client.Type("join lobby"));
        Array.ForEach([witness, _asker, _holder], client => client.ReadTexts());

        Assert.Equal([Asking], _asker.Type("/nick alice").ReadTexts());
        Assert.Equal([Wanted], _holder.ReadTexts());
        _chat.Advance(Limit - TimeSpan.FromMilliseconds(1));
        Assert.Equal([], [.. _asker.ReadTexts(), .. _holder.ReadTexts(), .. witness.ReadTexts()]);
        _chat.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal([PutOut], _holder.ReadTexts());
        Assert.True(_holder.Transport.Closed);
        Assert.Equal(["#lobby - alice quit: no answer", "You are now known as alice"], _asker.ReadTexts());
        Assert.Equal(["#lobby - alice quit: no answer", "User u1001 is now known as alice"], witness.ReadTexts());
        Assert.Equal(["Message is delivered to alice"], witness.Type("/msg alice hi").ReadTexts());
        Assert.Contains(_chat.Log.Entries, entry => entry.Message.Contains(": alice left after 5.0 s: no answer", StringComparison.Ordinal));
        CheckRest();
    }

    [Fact]
    public void A_holder_who_has_kept_the_name_is_left_alone_for_a_while()
    {
        _asker.Type("nick alice").ReadTexts();
        _holder.Type("/w").ReadTexts();
        Assert.Equal(["Name is taken: alice"], _asker.ReadTexts());

        Assert.Equal(["Name is taken: alice"], _asker.Type("nick alice").ReadTexts());
        Assert.Empty(_holder.ReadTexts());
        _chat.Advance(ChatOptions.NameAskPause);
        Assert.Equal([Asking], _asker.Type("nick alice").ReadTexts());
        Assert.Equal([Wanted], _holder.ReadTexts());
        _chat.Advance(Limit);
        Assert.Equal(["You are now known as alice"], _asker.ReadTexts());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("x")]
    [InlineData("\u0000")]
    [InlineData("hello\n")]
    public void Any_input_keeps_the_name(string input)
    {
        _asker.Type("nick alice").ReadTexts();
        _chat.Advance(Limit - TimeSpan.FromMilliseconds(1));
        _holder.Send(input);

        Assert.Equal(["Name is taken: alice"], _asker.ReadTexts());
        _chat.Advance(Limit);
        Assert.Equal([Wanted], _holder.ReadTexts());
        Assert.False(_holder.Transport.Closed);
        CheckRest();
    }

    [Fact]
    public void What_a_telnet_client_answers_by_itself_keeps_the_name()
    {
        _asker.Type("nick alice").ReadTexts();
        _holder.Send([0xFF, 0xF1]);

        Assert.Equal(["Name is taken: alice"], _asker.ReadTexts());
    }

    [Fact]
    public void Lines_that_came_before_and_wait_for_their_turn_keep_the_name()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 1, FloodBurst = 1 });
        SimulatedClient holder = chat.Connect(peer: Home);
        SimulatedClient asker = chat.Connect(peer: HomeAgain);
        holder.Type(["nick alice", .. Enumerable.Repeat("w", 20)]);
        asker.Type("nick alice");
        for (int seconds = 0; seconds < 6; seconds++)
        {
            chat.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([Asking, "Name is taken: alice"], asker.ReadTexts());
        Assert.False(holder.Transport.Closed);
    }

    [Fact]
    public void An_asker_from_another_address_hears_that_the_name_is_taken()
    {
        Assert.Equal(["Name is taken: alice"], _chat.Connect(peer: Cafe).Type("nick alice").ReadTexts());

        _chat.Advance(Limit);
        Assert.Empty(_holder.ReadTexts());
        Assert.False(_holder.Transport.Closed);
    }

    [Fact]
    public void A_holder_of_a_name_that_looks_alike_is_asked_too()
    {
        Assert.Equal([Asking], _asker.Type("nick A1ice").ReadTexts());
        _chat.Advance(Limit);

        Assert.Equal(["You are now known as A1ice"], _asker.ReadTexts());
    }

    [Fact]
    public void A_second_asker_meanwhile_hears_that_the_name_is_taken()
    {
        _asker.Type("nick alice").ReadTexts();
        SimulatedClient second = _chat.Connect(peer: HomeAgain);

        Assert.Equal(["Name is taken: alice"], second.Type("nick alice").ReadTexts());
        Assert.Equal([Wanted], _holder.ReadTexts());
        _chat.Advance(Limit);
        Assert.Equal(["You are now known as alice"], _asker.ReadTexts());
        Assert.Empty(second.ReadTexts());
    }

    [Fact]
    public void An_asker_who_repeats_the_wish_asks_the_holder_once_and_gets_the_last_spelling()
    {
        Assert.Equal([Asking, Asking], _asker.Type("nick alice", "nick ALICE").ReadTexts());
        Assert.Equal([Wanted], _holder.ReadTexts());
        _chat.Advance(Limit);

        Assert.Equal(["You are now known as ALICE"], _asker.ReadTexts());
        CheckRest();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_the_asker_leaves_the_holder_stays(bool isBroken)
    {
        _asker.Type("nick alice");
        _asker.Transport.Broken = isBroken;
        _asker.HangUp();

        Assert.True(_asker.Transport.Closed);
        CheckRest();
        _chat.Advance(Limit);
        Assert.False(_holder.Transport.Closed);
        Assert.Equal([Wanted], _holder.ReadTexts());
    }

    [Fact]
    public void When_the_asker_takes_another_name_the_holder_stays()
    {
        Assert.Equal([Asking, "You are now known as bob"], _asker.Type("nick alice", "nick bob").ReadTexts());
        CheckRest();
        _chat.Advance(Limit);

        Assert.Empty(_asker.ReadTexts());
        Assert.False(_holder.Transport.Closed);
    }

    [Fact]
    public void When_the_asker_asks_for_another_name_that_is_taken_the_first_holder_stays()
    {
        SimulatedClient bob = _chat.Connect(peer: Home);
        bob.Type("nick bob").ReadTexts();
        _asker.Type("nick alice", "nick bob").ReadTexts();
        _chat.Advance(Limit);

        Assert.Equal(["You are now known as bob"], _asker.ReadTexts());
        Assert.Equal((false, true), (_holder.Transport.Closed, bob.Transport.Closed));
        CheckRest();
    }

    [Theory]
    [InlineData("nick x,y")]
    [InlineData("nick admin")]
    [InlineData("nick carol")]
    public void A_wish_that_fails_does_not_end_the_one_before(string line)
    {
        _chat.Connect(peer: Cafe).Type("nick carol");
        _asker.Type("nick alice", line).ReadTexts();
        _chat.Advance(Limit);

        Assert.Equal(["You are now known as alice"], _asker.ReadTexts());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_the_holder_leaves_the_name_is_given_at_once(bool isBroken)
    {
        _asker.Type("nick alice").ReadTexts();
        _holder.Transport.Broken = isBroken;
        _holder.HangUp();

        Assert.Equal(["You are now known as alice"], _asker.ReadTexts());
        CheckRest();
    }

    [Fact]
    public void When_the_holder_takes_another_name_this_one_is_given_at_once()
    {
        _asker.Type("nick alice").ReadTexts();
        _holder.Type("/nick alison");

        Assert.Equal(["You are now known as alice"], _asker.ReadTexts());
        Assert.False(_holder.Transport.Closed);
        CheckRest();
    }

    [Fact]
    public void An_asker_hears_that_the_name_is_taken_when_another_user_was_faster()
    {
        SimulatedClient faster = _chat.Connect(peer: Cafe);
        _asker.Type("nick alice").ReadTexts();
        _holder.Transport.EndOfInput = true;
        faster.Type("nick alice");

        Assert.Equal(["You are now known as alice"], faster.ReadTexts());
        Assert.Equal(["Name is taken: alice"], _asker.ReadTexts());
        _chat.Advance(Limit);
        Assert.False(faster.Transport.Closed);
        CheckRest();
    }

    [Fact]
    public void A_stop_of_the_server_ends_all_waiting_for_names()
    {
        bool stopped = false;
        _asker.Type("nick alice").ReadTexts();
        _chat.Stop(TimeSpan.FromSeconds(1), () => stopped = true);
        _chat.Settle();

        Assert.True(stopped);
        Assert.Equal(["Server is shutting down."], _asker.ReadTexts());
        Assert.Equal([Wanted, "Server is shutting down."], _holder.ReadTexts());
        Assert.Equal(0, _chat.Server.Chat.Claims.Count);
        Assert.DoesNotContain(_chat.Log.Entries, entry => entry.Exception is not null);
    }

    [Fact]
    public void A_holder_who_does_not_even_read_is_put_out()
    {
        _holder.Transport.Window = 0;
        _asker.Type("nick alice").ReadTexts();
        _chat.Advance(Limit);

        Assert.Equal(["You are now known as alice"], _asker.ReadTexts());
        _chat.Advance(_chat.Server.LeaveLimit);
        Assert.True(_holder.Transport.Closed);
    }

    [Fact]
    public void A_holder_who_ignores_the_asker_is_asked_all_the_same()
    {
        _holder.Type("/ignore u1001").ReadTexts();
        _asker.Type("nick alice").ReadTexts();

        Assert.Equal([Wanted], _holder.ReadTexts());
    }

    // Nobody is asked, and no timer of a question is left.
    private void CheckRest()
    {
        Assert.Equal(0, _chat.Server.Chat.Claims.Count);
        Assert.Equal(0, _chat.Loop.TimerCount);
        Assert.DoesNotContain(_chat.Log.Entries, entry => entry.Exception is not null);
    }
}
