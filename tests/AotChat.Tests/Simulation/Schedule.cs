using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Protocols.Terminal;
using AotChat.Workers;

namespace AotChat.Tests.Simulation;

/// <summary>
/// One life of a chat that depends on nothing but its seed: people come, talk, stop reading, are cut off in the middle
/// of a line, vanish; the network takes and gives any number of bytes; jobs end or fail; time passes. Afterwards
/// everybody reads what is left, and what they got is held against what was said.
/// </summary>
internal sealed class Schedule
{
    private const int Steps = 150;
    private const int MaxClients = 8;

    private readonly Random _random;
    private readonly ChatOptions _options;
    private readonly SimulatedChat _chat;
    private readonly ScheduledClient _witness;
    private readonly List<ScheduledClient> _clients = [];

    // By the stamp that all lines of a turn have: who was there when it began, and who when it ended.
    private readonly Dictionary<string, (string[] Before, string[] After)> _present = [];
    private readonly ScheduleTalk _talk;

    private Schedule(int seed)
    {
        _random = new Random(seed);
        int soft = _random.Next(2_000, 10_000);
        _options = new ChatOptions
        {
            FloodBurst = _random.Next(1, 30),
            FloodRate = _random.Next(2) * _random.Next(5, 50),
            IdleTimeoutSeconds = _random.Next(2) * 3_000,
            MaxLineBytes = 512,
            OutboxSoftBytes = soft,
            OutboxHardBytes = soft + _random.Next(2_000, 20_000),
            OutboxTotalBytes = _random.Next(2) == 0 ? int.MaxValue : soft * _random.Next(1, 4),
            StuckSeconds = _random.Next(5, 60),
            MaxConnections = 1_000,
        };
        _chat = new SimulatedChat(_options);
        _talk = new ScheduleTalk(_random, _clients, IsTrue);
        _witness = Join();
    }

    /// <summary>Runs the life of a seed to its end, and returns all that anybody has read.</summary>
    public static string Run(int seed)
    {
        Schedule schedule = new(seed);
        for (int step = 0; step < Steps; step++)
        {
            schedule.Step();
        }

        schedule.Finish();
        return string.Concat(schedule._clients.Select(client => client.Transcript));
    }

    private void Step()
    {
        ScheduledClient client = _clients[_random.Next(_clients.Count)];
        switch (_random.Next(20))
        {
            case 0 when _clients.Count < MaxClients:
            case 1 when _clients.Count < 3:
                Join();
                break;

            case 1:
                Leave(client);
                break;

            case 2 when client != _witness:
                client.Transport.Window = _random.Next(3) == 0 ? int.MaxValue : _random.Next(0, 3_000);
                client.Transport.Piece = _random.Next(3) == 0 ? _random.Next(1, 200) : int.MaxValue;
                break;

            case 3 or 4:
                client.Read(_random.Next(0, 5_000));
                break;

            case 5:
                _chat.Time.Advance(TimeSpan.FromMilliseconds(_random.Next(2) == 0 ? _random.Next(1, 300) : _random.Next(1_000, 20_000)));
                break;

            case 6 when _chat.Jobs.Count > 0:
                EndJob(succeeds: _random.Next(4) > 0);
                break;

            case 7 or 8:
                client.Deliver(_random.Next(1, 2_000));
                break;

            case 9 or 10 or 11 or 12 or 13 or 14 when !client.IsLeaving:
                _talk.Talk(client, _witness);
                break;
        }

        Turn();
    }

    private void EndJob(bool succeeds) => _chat.InLoop(() =>
    {
        if (succeeds)
        {
            _chat.Jobs.RunNext();
        }
        else
        {
            _chat.Jobs.FailNext(new JobFailedException("it failed"));
        }
    });

    private ScheduledClient Join()
    {
        SimulatedTransport transport = new(_chat.Poller);
        _witness?.Read(int.MaxValue);
        ScheduledClient client = new(_chat, _options, transport, _witness?.Heard.Count ?? 0);
        // Past the moment in which newcomers may say what they speak: who joined when must be known to the line.
        _chat.Welcome(transport);
        _clients.Add(client);
        Turn();
        client.Read(int.MaxValue);
        return client;
    }

    private void Leave(ScheduledClient client)
    {
        if (client == _witness || client.IsLeaving)
        {
            return;
        }

        switch (_random.Next(3))
        {
            case 0:
                client.HangUp();
                break;
            case 1:
                client.Quit();
                break;
            default:
                client.Reset();
                break;
        }
    }

    // Whoever was there all through the turn is listed, nobody is who was not there at all, and all in order of arrival.
    private bool IsTrue(string line)
    {
        const string Prefix = "Online users: ";
        string text = line[LineStamp.Length..^1];
        string[] listed = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..].Split(", ") : [];
        (string[] before, string[] after) = _present[line[..LineStamp.Length]];
        IEnumerable<string> throughout = before.Intersect(after);
        return (listed.Length > 0 || text == "No other user is connected.")
            && throughout.Except(listed).Count() <= 1
            && !listed.Except(before.Union(after)).Any()
            && listed.SequenceEqual(listed.Distinct().OrderBy(name => int.Parse(name[1..], null)));
    }

    // Each turn has a time of its own, so that a line says which turn made it.
    private void Turn()
    {
        _chat.Time.Advance(TimeSpan.FromMicroseconds(1));
        string stamp = $"[{_chat.Time.GetLocalNow():yyyyMMdd HH:mm:ss.ffffff}] ";
        string[] before = Present();
        _chat.Turn();
        _present[stamp] = (before, Present());
        CheckBounds();
    }

    private string[] Present()
    {
        List<string> names = [];
        foreach (User user in _chat.Server.Users)
        {
            names.Add(Encoding.ASCII.GetString(user.Name));
        }

        return [.. names];
    }

    private void CheckBounds()
    {
        // A pooled buffer has up to twice the size that was asked for.
        int max = (2 * _options.OutboxHardBytes) + (4 * _options.OutboxSoftBytes);
        Assert.InRange(_chat.Server.Counters.OutboxBytes, 0, (long)max * _clients.Count);
        Assert.Equal(_chat.Server.SessionCount, _clients.Count(client => !client.Transport.Closed));
        Assert.InRange(_chat.Loop.TimerCount, 0, _clients.Count * 4);
    }

    private void Finish()
    {
        Drain();
        foreach (ScheduledClient client in _clients)
        {
            ScheduleAccount.CheckBroadcasts(client, _witness);
            ScheduleAccount.CheckDirect(client, _clients);
        }

        ScheduledClient[] alive = [.. _clients.Where(client => !client.Transport.Closed)];
        foreach (ScheduledClient client in alive)
        {
            Assert.True(client.IsOnline && client.IsAnswered, $"{client.Name} waits for an answer.");
        }

        Assert.Equal(alive.Select(client => client.Name).Order(StringComparer.Ordinal), Present().Order(StringComparer.Ordinal));
        Assert.Equal(0, _chat.Server.Counters.OutboxBytes);
        CheckNothingIsLeft(alive);
    }

    // Everybody reads from now on, and types nothing more.
    private void Drain()
    {
        foreach (ScheduledClient client in _clients)
        {
            client.Transport.Window = int.MaxValue;
            client.Transport.Piece = int.MaxValue;
            client.Deliver(int.MaxValue);
        }

        int quiet = 0;
        for (int round = 0; round < 5_000; round++)
        {
            while (_chat.Jobs.Count > 0)
            {
                EndJob(succeeds: true);
            }

            Turn();
            foreach (ScheduledClient client in _clients)
            {
                client.Read(int.MaxValue);
            }

            // Long enough for the next line of one who is slowed down.
            bool isQuiet = _chat.Jobs.Count == 0 && _chat.Poller is { LastCount: 0, LastTimeout: not 0 }
                && _clients.All(client => client.Transport.Closed || (!client.IsLeaving && client.IsAnswered));
            quiet = isQuiet ? quiet + 1 : 0;
            if (quiet == 10)
            {
                return;
            }

            _chat.Time.Advance(TimeSpan.FromMilliseconds(50));
        }

        Assert.Fail("It never came to rest.");
    }

    private void CheckNothingIsLeft(ScheduledClient[] alive)
    {
        bool stopped = false;
        bool stops = _random.Next(2) == 0;
        if (stops)
        {
            _chat.Stop(_chat.Server.LeaveLimit, () => stopped = true);
        }

        foreach (ScheduledClient client in alive)
        {
            client.HangUp();
        }

        for (int i = 0; i < 10; i++)
        {
            Turn();
        }

        Assert.All(_clients, client => Assert.True(client.Transport.Closed));
        Assert.Equal((0, 0, 0), (_chat.Server.SessionCount, _chat.Server.Users.Count, _chat.Loop.HandlerCount));

        // The time limit for an orderly end is the server's own.
        Assert.Equal(stops ? 1 : 0, _chat.Loop.TimerCount);
        Assert.Equal(stops, stopped);
        Assert.DoesNotContain(_chat.Log.Entries, entry => entry.Exception is not null);
    }
}
