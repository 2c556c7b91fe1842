using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Commands;

/// <summary>An ignored user stays ignored under another name and after coming back.</summary>
public sealed class IgnoreSpecs
{
    private static readonly PeerAddress Home = PeerAddress.FromV4([192, 0, 2, 1], 1);
    private static readonly PeerAddress Cafe = PeerAddress.FromV4([192, 0, 2, 2], 1);

    private readonly SimulatedChat _chat = new(new ChatOptions { FloodRate = 0, MaxIgnored = 2 });
    private readonly SimulatedClient _alice;
    private readonly SimulatedClient _bob;

    public IgnoreSpecs()
    {
        _alice = Connect("alice");
        _bob = Connect("bob", Home);
        _alice.Type("ignore bob").ReadTexts();
    }

    [Fact]
    public void An_ignored_user_who_comes_back_is_ignored_again_under_the_old_name()
    {
        _bob.HangUp();
        SimulatedClient again = _chat.Connect(peer: Home);
        Assert.True(IsHeard(again));

        again.Type("nick bob").ReadTexts();

        Assert.False(IsHeard(again));
        Assert.Equal(["Ignored users: bob"], _alice.Type("ignores").ReadTexts());
        again.Type("nick robert").ReadTexts();
        Assert.False(IsHeard(again));
    }

    [Fact]
    public void An_ignored_user_who_comes_back_under_a_look_alike_name_is_ignored()
    {
        _bob.HangUp();

        Assert.False(IsHeard(Connect("B0B", Home)));
    }

    [Fact]
    public void Another_person_with_the_name_is_heard()
    {
        _bob.HangUp();
        SimulatedClient other = Connect("bob", Cafe);

        Assert.True(IsHeard(other));
        other.Type("quit");
        Assert.False(IsHeard(Connect("bob", Home)));
    }

    [Fact]
    public void The_first_and_last_names_of_an_ignored_user_are_recognised_and_others_are_not()
    {
        _bob.Type("nick bobby", "nick robert");
        _bob.HangUp();

        SimulatedClient again = Connect("bobby", Home);
        Assert.True(IsHeard(again));
        again.Type("nick robert").ReadTexts();
        Assert.False(IsHeard(again));
        again.HangUp();
        Assert.False(IsHeard(Connect("bob", Home)));
    }

    [Fact]
    public void An_ignored_user_who_comes_back_many_times_is_ignored_each_time()
    {
        for (int i = 0; i < 5; i++)
        {
            _bob.HangUp();
            SimulatedClient again = Connect("bob", Home);
            Assert.False(IsHeard(again));
            again.HangUp();
            Assert.Equal(["Ignored users: bob"], _alice.Type("ignores").ReadTexts());
        }
    }

    [Fact]
    public void Only_one_of_two_newcomers_with_the_names_of_an_ignored_user_is_ignored()
    {
        _bob.Type("nick robert");
        _bob.HangUp();
        SimulatedClient first = Connect("bob", Home);
        SimulatedClient second = Connect("robert", Home);

        Assert.Equal((false, true), (IsHeard(first), IsHeard(second)));
    }

    [Fact]
    public void Ignored_users_who_left_are_listed_and_count()
    {
        Connect("carol", Home);
        _alice.Type("ignore carol").ReadTexts();
        _bob.HangUp();
        Connect("dave", Home);

        Assert.Equal(["Ignored users: carol, bob"], _alice.Type("ignores").ReadTexts());
        Assert.Equal(["You ignore too many people (limit 2). To make room: unignore USER"], _alice.Type("ignore dave").ReadTexts());
    }

    [Theory]
    [InlineData("bob")]
    [InlineData("ROBERT")]
    [InlineData("@robert")]
    public void An_ignored_user_who_left_is_unignored_by_either_name(string name)
    {
        _bob.Type("nick robert");
        _bob.HangUp();

        Assert.Equal([$"You no longer ignore {name.TrimStart('@')}."], _alice.Type($"unignore {name}").ReadTexts());
        Assert.Equal([$"User not found: {name}"], _alice.Type($"unignore {name}").ReadTexts());
        Assert.Equal(["You ignore nobody."], _alice.Type("ignores").ReadTexts());
        Assert.True(IsHeard(Connect("bob", Home)));
        Assert.Equal(0, _chat.Server.Chat.Ignores.TraceCount);
    }

    [Fact]
    public void Unignore_means_the_user_who_left_too_when_another_has_the_name()
    {
        _bob.HangUp();
        SimulatedClient other = Connect("bob", Cafe);

        Assert.Equal(["You no longer ignore bob."], _alice.Type("unignore bob").ReadTexts());
        Assert.Equal(["You do not ignore bob."], _alice.Type("unignore bob").ReadTexts());
        other.HangUp();
        Assert.True(IsHeard(Connect("bob", Home)));
    }

    [Fact]
    public void Nothing_is_kept_of_a_stranger_who_left()
    {
        SimulatedClient stranger = _chat.Connect(peer: Home);
        _alice.Type("ignore u1002").ReadTexts();
        stranger.HangUp();

        Assert.Equal(["Ignored users: bob"], _alice.Type("ignores").ReadTexts());
        Assert.Equal(0, _chat.Server.Chat.Ignores.TraceCount);
    }

    [Fact]
    public void An_ignore_ends_with_the_session_of_its_owner()
    {
        _bob.HangUp();
        Assert.Equal(1, _chat.Server.Chat.Ignores.TraceCount);
        _alice.HangUp();

        Assert.Equal(0, _chat.Server.Chat.Ignores.TraceCount);
        SimulatedClient alice = Connect("alice");
        SimulatedClient again = Connect("bob", Home);
        Assert.Equal(["Message is delivered to alice"], again.Type("msg alice hi").ReadTexts());
        Assert.Equal(["bob hi"], alice.ReadTexts());
    }

    [Fact]
    public void A_user_who_takes_an_ignored_name_does_not_ignore_oneself()
    {
        SimulatedClient carol = Connect("carol", Home);
        carol.Type("ignore bob").ReadTexts();
        _bob.HangUp();

        Assert.Equal(["You are now known as bob"], carol.Type("nick bob").ReadTexts());
        Assert.Equal(["Message is delivered to bob", "bob to myself"], carol.Type("msg bob to myself").ReadTexts().Order());
        Assert.Equal(["Ignored users: bob"], carol.Type("ignores").ReadTexts());
    }

    [Fact]
    public void A_ghost_that_was_put_out_is_ignored_in_the_new_connection()
    {
        SimulatedClient again = _chat.Connect(peer: Home);
        again.Type("nick bob");
        _chat.Advance(ChatOptions.NameAnswerLimit);

        Assert.Equal("You are now known as bob", again.ReadTexts()[^1]);
        Assert.False(IsHeard(again));
    }

    private SimulatedClient Connect(string name, PeerAddress peer = default)
    {
        SimulatedClient client = _chat.Connect(peer: peer);
        Assert.Equal([$"You are now known as {name}"], client.Type($"nick {name}").ReadTexts());
        return client;
    }

    // Whether alice gets what somebody sends her alone, and to all.
    private bool IsHeard(SimulatedClient sender)
    {
        sender.ReadTexts();
        bool isSaid = sender.Type("msg alice hi").ReadTexts() is ["Message is delivered to alice"];
        sender.Type("broadcast hello");
        Assert.Equal(isSaid ? 2 : 0, _alice.ReadTexts().Length);
        return isSaid;
    }
}
