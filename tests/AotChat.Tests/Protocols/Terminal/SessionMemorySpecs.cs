using System.Runtime.CompilerServices;
using AotChat.Chat;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>A closed session is not kept in memory, though others remember its user.</summary>
public sealed class SessionMemorySpecs
{
    private readonly SimulatedChat _chat = new(new() { FloodRate = 0, IdleTimeoutSeconds = 600 });

    [Fact]
    public void A_closed_session_is_forgotten_though_its_user_is_remembered()
    {
        SimulatedClient alice = _chat.Connect();
        alice.Type("nick alice", "join lobby");
        WeakReference session = LiveAndLeave(alice);

        // What a turn keeps is overwritten by the next one.
        alice.Type("/w", "/w");
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(session.IsAlive);
        Assert.True(_chat.Server.Users.TryFind("alice"u8, out User? user));
        Assert.Equal("bob", user.LastWriter?.ToString());
        Assert.Equal(1, user.Ignoring?.Count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference LiveAndLeave(SimulatedClient alice)
    {
        SimulatedClient bob = _chat.Connect();
        bob.Type("nick bob", "join lobby", "color on", "hello", "/msg alice a word", "/nick bob");
        alice.Type("/r and back", "/ignore bob", "/unignore bob", "/ignore bob");
        Assert.True(_chat.Server.Users.TryFind("bob"u8, out User? user));
        WeakReference session = new(user.Sessions[0]);
        bob.HangUp();
        Assert.True(bob.Transport.Closed);
        return session;
    }
}
