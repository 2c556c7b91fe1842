using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Transport;

namespace AotChat.Tests.Simulation;

/// <summary>
/// A chat with #lobby, which alice owns: she is in it with bob, who is registered too, and the guest carol, who sits at
/// 192.0.2.7. The operator root is in no room.
/// </summary>
internal sealed class OwnedRoom
{
    public OwnedRoom(ChatOptions? options = null)
    {
        options ??= new ChatOptions { FloodRate = 0 };
        options.Operators = ["root"];
        Chat = new SimulatedChat(options, store: Store);
        Alice = Registered("alice");
        Alice.Type("join lobby");
        Bob = Registered("bob");
        Bob.Type("join lobby");
        Carol = Guest("carol", 7);
        Carol.Type("join lobby");
        Root = Registered("root", chosen: "boss");
        ReadAll();
    }

    public SimulatedChat Chat { get; }

    public MemoryStore Store { get; } = new();

    public SimulatedClient Alice { get; }

    public SimulatedClient Bob { get; }

    public SimulatedClient Carol { get; }

    public SimulatedClient Root { get; }

    public Room Lobby
    {
        get
        {
            Assert.True(Chat.Server.Chat.Rooms.TryFind("lobby"u8, out Room? room));
            return room;
        }
    }

    /// <summary>The last entry of the audit.</summary>
    public AuditEntry LastAct => Store.Audit.Values.Last();

    public SimulatedClient Registered(string name, string? chosen = null)
    {
        SimulatedClient client = Chat.Connect().Type($"nick {chosen ?? name}");
        LogIn(chosen ?? name, Chat.Server.Chat.Accounts.Add(TestAccounts.New(name).Kept));
        return client;
    }

    public SimulatedClient Guest(string name, byte host) => Chat.Connect(peer: PeerAddress.FromV4([192, 0, 2, host], 1)).Type($"nick {name}");

    public void LogIn(string name, Account account) =>
        Chat.InLoop(() => Chat.Server.Chat.LogIn(UserOf(name).Sessions[0], account));

    public User UserOf(string name)
    {
        Assert.True(Chat.Server.Users.TryFind(Encoding.UTF8.GetBytes(name), out User? user), name);
        return user;
    }

    /// <summary>What a command answers to somebody, all that came before read.</summary>
    public static string[] Answer(SimulatedClient client, string line)
    {
        client.ReadTexts();
        return client.Type(line).ReadTexts();
    }

    /// <summary>Runs the last act's undo as the operator.</summary>
    public string[] Undo() => Answer(Root, "/" + LastAct.Undo);

    public void ReadAll()
    {
        foreach (SimulatedClient client in (SimulatedClient[])[Alice, Bob, Carol, Root])
        {
            client.ReadTexts();
        }
    }
}
