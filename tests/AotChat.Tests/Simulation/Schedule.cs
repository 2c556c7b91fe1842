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
    private const int MostClients = 8;

    private readonly Random _random;
    private readonly ChatOptions _options;
    private readonly SimulatedChat _chat;
    private readonly ScheduledClient _witness;
    private readonly List<ScheduledClient> _clients = [];

    // By the stamp that all lines of a turn have: who was there when it began, and who when it ended.
    private readonly Dictionary<string, (string[] Before, string[] After)> _present = [];
    private int _number;

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
            case 0 when _clients.Count < MostClients:
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
                Talk(client);
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

    private void Talk(ScheduledClient client)
    {
        int lines = _random.Next(4) == 0 ? _random.Next(1, 30) : 1;
        for (int i = 0; i < lines; i++)
        {
            string id = $"{++_number}";
            string filling = new('x', _random.Next(3) == 0 ? _random.Next(0, 450) : _random.Next(0, 20));
            string other = _clients[_random.Next(_clients.Count)].Name;
            switch (_random.Next(9))
            {
                case 0 or 1 or 2 when client != _witness:
                    client.Broadcasts.Add($"{client.Name} b{id} {filling}");
                    client.Type($"broadcast b{id} {filling}");
                    break;

                case 3 or 4:
                    client.Type($"msg {other} d{id} {filling}", line => IsAnswerToMessage(line, client, other, $"{client.Name} d{id} {filling}"));
                    break;

                case 5:
                    client.Type("w", IsTrue);
                    break;

                case 6:
                    client.Type($"x{id}", line => line.EndsWith($"] Unknown command: x{id}\n", StringComparison.Ordinal));
                    break;

                case 7:
                    client.Type(new string('y', 600), line => line.EndsWith("] Line too long (limit 512 bytes).\n", StringComparison.Ordinal));
                    break;

                case 8:
                    // To itself, who is certainly there when it runs.
                    (int asked, int confirmed) = client.Jobs.GetValueOrDefault(client.Name);
                    client.Jobs[client.Name] = (asked + 1, confirmed);
                    client.Type($"fib {client.Name} {_random.Next(1, 40)}");
                    break;
            }
        }

        client.Deliver(_random.Next(3) == 0 ? _random.Next(1, 50) : int.MaxValue);
    }

    private static bool IsAnswerToMessage(string line, ScheduledClient sender, string recipient, string text)
    {
        if (line.EndsWith($"] Message is delivered to {recipient}\n", StringComparison.Ordinal))
        {
            sender.Confirmed.Add((recipient, text));
            return true;
        }

        return line.EndsWith($"] Cannot deliver the message to {recipient}\n", StringComparison.Ordinal)
            || line.EndsWith($"] User not found: {recipient}\n", StringComparison.Ordinal);
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
        int most = (2 * _options.OutboxHardBytes) + (4 * _options.OutboxSoftBytes);
        Assert.InRange(_chat.Server.Counters.OutboxBytes, 0, (long)most * _clients.Count);
        Assert.Equal(_chat.Server.SessionCount, _clients.Count(client => !client.Transport.Closed));
        Assert.InRange(_chat.Loop.TimerCount, 0, _clients.Count * 4);
    }

    private void Finish()
    {
        Drain();
        foreach (ScheduledClient client in _clients)
        {
            CheckBroadcasts(client);
            CheckDirect(client);
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

    private void CheckBroadcasts(ScheduledClient client)
    {
        // The witness reads everything at once, so that it says what everybody was to hear, and in which order.
        Assert.DoesNotContain(_witness.Heard, heard => heard.Missed > 0);
        string own = client.Name + " ";
        string[] expected = [.. _witness.Heard.Skip(client.JoinedAt).Select(heard => heard.Text).Where(text => !text.StartsWith(own, StringComparison.Ordinal))];
        int at = 0;
        foreach ((string text, int missed) in client.Heard)
        {
            if (missed > 0)
            {
                at += missed;
                continue;
            }

            Assert.True(at < expected.Length && expected[at] == text, $"{client.Name} heard as its line {at}: {text}");
            at++;
        }

        string[] said = [.. _witness.Heard.Select(heard => heard.Text).Where(text => text.StartsWith(own, StringComparison.Ordinal))];
        if (client.Transport.Closed)
        {
            Assert.Equal(client.Broadcasts.Take(said.Length), said);
        }
        else
        {
            Assert.True(expected.Length == at, $"{client.Name} joined at {client.JoinedAt}, was to hear:\n{string.Join('\n', expected)}\nheard:\n{string.Join('\n', client.Heard)}");
            Assert.Equal(client.Broadcasts, said);
        }
    }

    private void CheckDirect(ScheduledClient client)
    {
        Assert.True(client.Direct.Count == client.Direct.Distinct().Count(), $"{client.Name} got words twice:\n{string.Join((char)10, client.Direct)}");
        foreach (ScheduledClient sender in _clients)
        {
            string[] confirmed = [.. sender.Confirmed.Where(message => message.Recipient == client.Name).Select(message => message.Text)];
            string[] received = [.. client.Direct.Where(text => text.StartsWith(sender.Name + " ", StringComparison.Ordinal))];
            if (client.Transport.Closed || sender.Transport.Closed)
            {
                // One of the two may have missed the end: then one list is the beginning of the other.
                int common = Math.Min(confirmed.Length, received.Length);
                Assert.Equal(confirmed[..common], received[..common]);
            }
            else
            {
                Assert.Equal(confirmed, received);
            }
        }

        (int asked, int delivered) = client.Jobs.GetValueOrDefault(client.Name);
        Assert.InRange(client.Results, delivered, asked);
        Assert.True(client.Transport.Closed || client.Results == delivered, $"{client.Name} has another number of results than it was told.");
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
