using System.Net.Sockets;

namespace AotChat.EndToEnd.Tests;

/// <summary>
/// A chat that is killed again and again: people talk, register, leave messages and ban while it runs, and remember what they
/// were promised. After each start it is looked at whether all of that is there.
/// </summary>
internal sealed partial class KilledChat(DataFolder kept) : IDisposable
{
    private const string Owner = "post";
    private const string Kept = "User post is not here; kept until the next login";

    // Guards what people remember: they act at once.
    private readonly object _memory = new();
    private readonly List<Client> _clients = [];
    private readonly List<string> _registered = [];
    private readonly HashSet<string> _mailed = [];
    private readonly List<string> _sent = [];
    private readonly HashSet<string> _promised = [];
    private readonly Dictionary<string, bool?> _banned = [];
    private readonly List<string> _acts = [];
    private long _lastLine;
    private int _round;

    /// <summary>How many promises there were so far.</summary>
    public int Promises { get; private set; }

    /// <summary>How many lines are on disk.</summary>
    public long Lines => _lastLine;

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    /// <summary>Makes the room and the account that all of it is about.</summary>
    public static async Task PrepareAsync(Server server)
    {
        using Client owner = await DataFolder.RegisterAsync(server, Owner);
        Assert.StartsWith("You are in #den", await owner.AskAsync("join den"), StringComparison.Ordinal);
        await DataFolder.QuitAsync(owner);
    }

    /// <summary>Everybody does something, all the time, until the server is gone.</summary>
    public async Task<Task> BeginAsync(Server server, int round)
    {
        _round = round;
        List<Task> all = [];
        foreach (string name in (string[])["a", "b", "c"])
        {
            Client talker = await EnterAsync(server);
            Assert.StartsWith("You are in #den", await talker.AskAsync("join den"), StringComparison.Ordinal);
            all.Add(UntilGoneAsync(i => TalkAsync(talker, $"{name}{round}.{i}")));
        }

        Client newcomer = await EnterAsync(server);
        all.Add(UntilGoneAsync(async _ => newcomer = await RegisterAsync(server, newcomer, $"n{_registered.Count}x{round}")));
        Client console = await kept.ConsoleAsync();
        _clients.Add(console);
        all.Add(UntilGoneAsync(i => BanAsync(console, $"10.{round}.{i / 2 % 8}.1", isBan: i % 2 == 0)));
        return Task.WhenAll(all);
    }

    private void Remember(Action what)
    {
        lock (_memory)
        {
            what();
        }
    }

    private async Task<Client> EnterAsync(Server server)
    {
        Client client = await server.ConnectAsync();
        Remember(() => _clients.Add(client));
        return client;
    }

    private static async Task UntilGoneAsync(Func<int, Task> act)
    {
        try
        {
            for (int i = 0; ; i++)
            {
                await act(i);
            }
        }
        catch (IOException)
        {
            // The server is gone.
        }
        catch (SocketException)
        {
            // The same, for somebody who comes.
        }
    }

    // Some lines, and then a message to somebody who is away: once it is kept, so are the lines, which were queued before it.
    private async Task TalkAsync(Client talker, string text)
    {
        string[] lines = [.. Enumerable.Range(0, 4).Select(i => $"{text}.{i}")];
        Remember(() => _sent.AddRange(lines));
        string message = $"to-post-{text}";
        await talker.TypeAsync(string.Join('\n', lines) + $"\n/msg {Owner} {message}");
        await WaitForAsync(talker, Kept);
        Remember(() =>
        {
            Promises++;
            _mailed.Add(message);
            _promised.UnionWith(lines);
        });
    }

    private async Task<Client> RegisterAsync(Server server, Client newcomer, string name)
    {
        await newcomer.TypeAsync($"nick {name}\nregister {DataFolder.Password}");
        await WaitForAsync(newcomer, $"You are registered and logged in as {name}. Next time: login {name} PASSWORD");
        Remember(() => Promises++);
        _registered.Add(name);
        return await EnterAsync(server);
    }

    private async Task BanAsync(Client console, string address, bool isBan)
    {
        _banned[address] = null;
        await console.TypeAsync(isBan ? $"ban {address} * 1h load" : $"unban {address} *");
        string? answer = await console.ReadAsync() ?? throw new EndOfStreamException();
        Assert.Matches(isBan ? $"^Ban [0-9]+: {address} " : $"^No longer banned on this server: {address}$", answer);
        Remember(() => Promises++);
        _banned[address] = isBan;
        _acts.Add($"{(isBan ? "ban" : "unban")} {address}");
    }

    private static async Task WaitForAsync(Client client, string answer)
    {
        while (await client.ReadAsync() is { } line)
        {
            if (line == answer)
            {
                return;
            }

            Assert.False(line.StartsWith("Not ", StringComparison.Ordinal), line);
        }

        throw new EndOfStreamException();
    }
}
