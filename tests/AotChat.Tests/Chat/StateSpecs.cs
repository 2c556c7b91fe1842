using AotChat.Chat;
using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Tests.Simulation;
using Microsoft.Extensions.Logging;

namespace AotChat.Tests.Chat;

/// <summary>State of a command's own belongs to a user, a room or the server, and ends with it.</summary>
public sealed class StateSpecs
{
    private readonly SimulatedChat _chat = new(new ChatOptions { FloodRate = 0, HistoryLines = 0 });
    private readonly SimulatedClient _alice;
    private readonly CommandContext _context;

    public StateSpecs()
    {
        _alice = _chat.Connect();
        _alice.Type("join lobby").ReadTexts();
        _context = _chat.ContextOf("u1000");
    }

    private Room Lobby => _context.User.CurrentRoom!;

    [Fact]
    public void Each_owner_keeps_one_state_a_type()
    {
        _context.User.State<Purse>().Coins = 5;

        Assert.Equal(5, _context.User.State<Purse>().Coins);
        Assert.Same(Lobby.State<Purse>(), Lobby.State<Purse>());
        Assert.Same(_context.Chat.State<Purse>(), _context.Chat.State<Purse>());
        Assert.NotSame(Lobby.State<Purse>(), _context.Chat.State<Purse>());
        Assert.Same(_context.User.State<Derived>(), _context.User.State<Derived>());
        Assert.NotSame(_context.User.State<Derived>(), _context.User.State<Purse>());
        Assert.Equal(0, Lobby.State<Purse>().Coins);
    }

    [Fact]
    public void State_of_a_user_is_disposed_when_the_user_leaves_and_none_is_kept_afterwards()
    {
        Purse purse = _context.User.State<Purse>();
        _alice.Type("/nick alice").ReadTexts();
        Assert.False(purse.IsDisposed);
        _alice.Type("/quit");

        Assert.True(purse.IsDisposed);
        Assert.NotSame(purse, _context.User.State<Purse>());
        Assert.NotSame(_context.User.State<Purse>(), _context.User.State<Purse>());
    }

    [Fact]
    public void State_of_a_room_is_disposed_when_the_room_ends()
    {
        Room lobby = Lobby;
        Purse purse = lobby.State<Purse>();
        SimulatedClient bob = _chat.Connect();
        bob.Type("join lobby", "/leave");
        Assert.False(purse.IsDisposed);
        _alice.Type("/leave");

        Assert.True(purse.IsDisposed);
        Assert.Equal(0, _chat.Server.Chat.Rooms.Count);
    }

    [Fact]
    public void All_state_is_disposed_when_the_server_stops()
    {
        Purse[] purses = [_context.User.State<Purse>(), Lobby.State<Purse>(), _context.Chat.State<Purse>(), _context.Chat.State<Derived>()];
        _chat.InLoop(_chat.Server.Chat.End);

        Assert.All(purses, purse => Assert.True(purse.IsDisposed));
    }

    [Fact]
    public void State_that_fails_to_end_stops_nothing_and_is_logged()
    {
        _context.User.State<Broken>();
        Purse purse = _context.User.State<Purse>();
        _alice.Type("/quit");

        Assert.True(purse.IsDisposed);
        Assert.Equal(0, _chat.Server.Users.Count);
        Assert.Equal(LogLevel.Error, Assert.Single(_chat.Log.Entries).Level);
    }

    private class Purse : IDisposable
    {
        public int Coins { get; set; }

        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Derived : Purse;

    private sealed class Broken : IDisposable
    {
        public void Dispose() => throw new InvalidOperationException("a bug");
    }
}
