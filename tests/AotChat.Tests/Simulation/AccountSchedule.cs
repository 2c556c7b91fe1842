using System.Globalization;
using AotChat.Chat;
using AotChat.Configuration;

namespace AotChat.Tests.Simulation;

/// <summary>
/// People who log in and out, write to each other and lose their connections in a random order, while the disk is slow or
/// fails; and what must be so all the time.
/// </summary>
internal sealed class AccountSchedule
{
    private static readonly string[] Names = ["alice", "bob", "carol"];

    private readonly Random _random;
    private readonly AccountChat _house = new(new ChatOptions
    {
        LoginFailuresPerAccount = 0,
        LoginFailuresPerAddress = 0,
        MailboxMessages = 10_000,
        MailboxPerSender = 10_000,
    });

    private readonly List<SimulatedClient> _clients = [];
    private readonly HashSet<string> _promised = [];
    private readonly List<string> _shown = [];
    private int _texts;

    public AccountSchedule(int seed)
    {
        _random = new Random(seed);
        foreach (string name in Names)
        {
            _house.Register(name).Type("quit");
        }
    }

    /// <summary>How many messages were promised to be kept.</summary>
    public int Promised => _promised.Count;

    public void Run(int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            Step();
            Check();
        }

        _house.Store.Problem = null;
        _house.Store.IsSlow = false;
        _house.Answer();
        _house.RunJobs();
        foreach (string name in Names)
        {
            SimulatedClient last = _house.Chat.Connect();
            _clients.Add(last);
            last.Type($"login {name} {AccountChat.Password}");
            _house.RunJobs();
        }

        _clients.ForEach(Read);
        Assert.All(_promised, text => Assert.Contains(_shown, line => line.EndsWith(' ' + text, StringComparison.Ordinal)));
        Assert.Empty(_house.Store.Mail);
        Assert.DoesNotContain(_house.Chat.Log.Entries, entry => entry.Exception is not null);
    }

    private void Step()
    {
        int what = _random.Next(100);
        if (_clients.Count == 0 || (what < 10 && _clients.Count < 6))
        {
            _clients.Add(_house.Chat.Connect());
            return;
        }

        SimulatedClient client = _clients[_random.Next(_clients.Count)];
        string name = Names[_random.Next(Names.Length)];
        switch (what)
        {
            case < 30:
                client.Type($"/login {name} {(_random.Next(4) == 0 ? "wrong-password" : AccountChat.Password)}");
                break;

            case < 36:
                client.Type($"/login {name}", _random.Next(3) == 0 ? "" : AccountChat.Password);
                break;

            case < 55:
                Send(client, name);
                break;

            case < 62:
                client.Type("/logout");
                break;

            case < 68:
                client.Type($"/nick {name}{(_random.Next(2) == 0 ? "" : "x")}", "/join lobby");
                break;

            case < 72:
                End(client);
                break;

            case < 80:
                _house.Store.IsSlow = !_house.Store.IsSlow;
                break;

            case < 84:
                _house.Store.Problem = _house.Store.Problem is null ? "the disk is full" : null;
                break;

            case < 92:
                _house.Answer();
                break;

            default:
                _house.RunJobs();
                break;
        }
    }

    // In step with the disk, so that the answer is known to be about this message.
    private void Send(SimulatedClient client, string name)
    {
        bool wasSlow = _house.Store.IsSlow;
        _house.Store.IsSlow = false;
        _house.Answer();
        Read(client);
        string text = string.Create(CultureInfo.InvariantCulture, $"text{_texts++}");
        client.Type($"/msg {name} {text}");
        string[] answers = Read(client.ReadLines());
        if (answers.Any(answer => answer.EndsWith("kept until the next login", StringComparison.Ordinal)))
        {
            _promised.Add(text);
        }

        _house.Store.IsSlow = wasSlow;
    }

    private void End(SimulatedClient client)
    {
        Read(client);
        if (_random.Next(2) == 0)
        {
            client.Transport.Broken = true;
            _house.Chat.Settle();
        }
        else
        {
            client.HangUp();
        }

        Read(client);
        _clients.Remove(client);
    }

    private void Read(SimulatedClient client) => Read(client.ReadLines());

    private string[] Read(string[] lines)
    {
        _shown.AddRange(lines);
        return lines;
    }

    private void Check()
    {
        List<string> names = [];
        foreach (User user in _house.State.Users)
        {
            names.Add(user.ToString());
            Assert.NotEmpty(user.Sessions);
            Assert.All(user.Sessions, session => Assert.Same(user, session.User));
            Assert.True(user.Account is null || user.Account.User == user, $"{user} is not the account's user.");
            Assert.Equal(user.Account is null ? UserLevel.Everyone : UserLevel.Registered, user.Level);
            Assert.True(user.Account is not null || !_house.State.Accounts.TryFindLike(user.Name, out _), $"The guest {user} has a registered name.");
        }

        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        foreach (string name in Names)
        {
            Assert.True(_house.State.Accounts.TryFind(System.Text.Encoding.ASCII.GetBytes(name), out Account? account));
            Assert.True(account.User is null or { IsOnline: true });
        }
    }
}
