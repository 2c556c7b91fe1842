using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Transport;

namespace AotChat.Tests.Simulation;

/// <summary>A chat with a store and with accounts, whose passwords are checked at once.</summary>
internal sealed class AccountChat
{
    /// <summary>The password of everybody who is registered here.</summary>
    public const string Password = "correct-horse";

    public AccountChat(ChatOptions? options = null, MemoryStore? store = null)
    {
        Store = store ?? new MemoryStore();
        Options = options ?? new ChatOptions();
        Options.FloodRate = 0;
        Options.PasswordIterations = 4_096;
        Chat = new SimulatedChat(Options, store: Store);
        Chat.Server.Chat.Restore(Store.State);
    }

    public ChatOptions Options { get; }

    public MemoryStore Store { get; }

    public SimulatedChat Chat { get; }

    public ChatState State => Chat.Server.Chat;

    /// <summary>An address of another machine.</summary>
    public static PeerAddress Elsewhere(int last) => PeerAddress.FromV4([192, 0, 2, (byte)last], 4711);

    /// <summary>Somebody comes who is called so.</summary>
    public SimulatedClient Guest(string name, PeerAddress peer = default)
    {
        SimulatedClient client = Chat.Connect(peer: peer);
        client.Type("nick " + name).ReadTexts();
        return client;
    }

    /// <summary>Somebody comes and registers a name.</summary>
    public SimulatedClient Register(string name)
    {
        SimulatedClient client = Guest(name);
        Assert.Equal(
            [$"You are registered and logged in as {name}. Next time: login {name} PASSWORD"], Type(client, "register " + Password));
        return client;
    }

    /// <summary>Somebody comes and logs in; what is said then is read.</summary>
    public SimulatedClient LogIn(string name, PeerAddress peer = default)
    {
        SimulatedClient client = Chat.Connect(peer: peer);
        Assert.Contains(Type(client, $"login {name} {Password}"), line => line.StartsWith($"You are logged in as {name}", StringComparison.Ordinal));
        return client;
    }

    /// <summary>Types lines, lets workers check what is to be checked, and reads what is answered.</summary>
    public string[] Type(SimulatedClient client, params string[] lines)
    {
        client.Type(lines);
        RunJobs();
        return client.ReadTexts();
    }

    /// <summary>Lets workers do what they were given.</summary>
    public void RunJobs()
    {
        while (Chat.Jobs.Count > 0)
        {
            Chat.InLoop(Chat.Jobs.RunNext);
            Settle();
        }
    }

    /// <summary>The store gives the answers that wait.</summary>
    public void Answer()
    {
        Chat.InLoop(Store.Answer);
        Settle();
    }

    // What was sent at the end of the last turn may have woken somebody who waits for it.
    private void Settle()
    {
        Chat.Settle();
        Chat.Settle();
    }

    /// <summary>The server ends, and another one starts with what was kept.</summary>
    public AccountChat Restart() => new(Options, Store);

    public User Find(string name)
    {
        Assert.True(State.Users.TryFind(Encoding.ASCII.GetBytes(name), out User? user), name);
        return user;
    }
}
