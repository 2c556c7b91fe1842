using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Transport;

namespace AotChat.Tests.Simulation;

/// <summary>A simulated chat with a store, and somebody on the console of it.</summary>
internal sealed class OperatorChat
{
    public OperatorChat(ChatOptions? options = null)
    {
        Options = options ?? new ChatOptions { FloodRate = 0 };
        Chat = new SimulatedChat(Options, store: Store);
        Console = Chat.Connect(peer: PeerAddress.FromLocalUser(1000, isHost: true));
    }

    public ChatOptions Options { get; }

    public MemoryStore Store { get; } = new();

    public SimulatedChat Chat { get; }

    /// <summary>The console; u1000.</summary>
    public SimulatedClient Console { get; }

    /// <summary>A guest of this name, from this address.</summary>
    public SimulatedClient Guest(string name, string address = "192.0.2.1")
    {
        SimulatedClient client = Chat.Connect(peer: At(address));
        client.Type("nick " + name);
        client.ReadTexts();
        return client;
    }

    /// <summary>Somebody who is logged in to an account of this name.</summary>
    public SimulatedClient Member(string name, string address = "192.0.2.2", Account? account = null)
    {
        SimulatedClient client = Chat.Connect(peer: At(address));
        User user = Newest();
        Chat.InLoop(() => Chat.Server.Chat.LogIn(user.Sessions[0], account ?? TestAccounts.New(name)));
        client.Type("nick " + name);
        client.ReadTexts();
        return client;
    }

    public User User(string name)
    {
        Assert.True(Chat.Server.Users.TryFind(Encoding.UTF8.GetBytes(name), out User? user), name);
        return user;
    }

    public bool IsHere(string name) => Chat.Server.Users.TryFind(Encoding.UTF8.GetBytes(name), out _);

    public static PeerAddress At(string address) => PeerAddress.From(new System.Net.IPEndPoint(System.Net.IPAddress.Parse(address), 4711));

    /// <summary>What the console is answered.</summary>
    public string[] Answers(params string[] lines) => Console.Type(lines).ReadTexts();

    private User Newest()
    {
        User? newest = null;
        foreach (User user in Chat.Server.Users)
        {
            newest = user;
        }

        return newest!;
    }
}
