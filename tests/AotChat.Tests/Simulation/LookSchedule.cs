using System.Text;
using System.Text.RegularExpressions;
using AotChat.Configuration;

namespace AotChat.Tests.Simulation;

/// <summary>
/// One life of a chat in which readers see everything in looks of their own, which they change again and again, and read as
/// fast or slowly as they like: without colors, times and ends of line all have read the same events in the same order.
/// </summary>
internal sealed partial class LookSchedule
{
    private const int Steps = 120;

    private static readonly string[] Looks =
    [
        "time long", "time short", "time off", "time utc", "time America/Lima", "color on", "color off", "bell on", "bell off",
    ];

    private readonly Random _random;
    private readonly SimulatedChat _chat = new(new ChatOptions { FloodRate = 0, OutboxSoftBytes = 1_000_000, OutboxHardBytes = 2_000_000 });
    private readonly SimulatedClient[] _readers;
    private readonly SimulatedClient[] _actors;
    private readonly StringBuilder[] _read;
    private int _number;

    private LookSchedule(int seed)
    {
        _random = new Random(seed);
        _readers = [.. Enumerable.Range(0, 5).Select(_ => _chat.Connect())];
        _actors = [.. Enumerable.Range(0, 3).Select(_ => _chat.Connect())];
        _read = [.. _readers.Select(_ => new StringBuilder())];

        // Sends IAC NOP, so that its lines end with CR LF from now on.
        _readers[0].Send([0xFF, 0xF1]);
        Array.ForEach(_readers, reader => reader.Type("join a", "/join b"));

        // The first ones saw the others come.
        Array.ForEach(_readers, reader => reader.Transport.Read());
    }

    /// <summary>Runs the life of a seed to its end, and returns what all have read.</summary>
    public static string Run(int seed)
    {
        LookSchedule schedule = new(seed);
        for (int step = 0; step < Steps; step++)
        {
            schedule.Step();
        }

        return schedule.Finish();
    }

    private void Step()
    {
        int reader = _random.Next(_readers.Length);
        switch (_random.Next(6))
        {
            case 0:
                _readers[reader].Transport.Deliver(Encoding.ASCII.GetBytes($"/{Looks[_random.Next(Looks.Length)]}\n"));
                break;

            case 1:
                _readers[reader].Transport.Window = _random.Next(3) == 0 ? int.MaxValue : _random.Next(0, 2_000);
                break;

            case 2:
                Read(reader, _random.Next(0, 2_000));
                break;

            case 3:
                _chat.Time.Advance(TimeSpan.FromMinutes(_random.Next(0, 200)));
                break;

            default:
                Act(_actors[_random.Next(_actors.Length)]);
                break;
        }

        if (_random.Next(3) > 0)
        {
            _chat.Turn();
        }
    }

    private void Act(SimulatedClient actor)
    {
        string room = _random.Next(2) == 0 ? "a" : "b";
        string text = $"t{++_number} to u100{_random.Next(5)}";
        string line = _random.Next(8) switch
        {
            0 => $"/join {room}",
            1 => $"/leave {room}",
            2 => $"/topic {room} {text}",
            3 => $"/nick n{_number}",
            4 => $"/broadcast {text}",
            5 => $"/me {text}",
            _ => $"/say {room} {text}",
        };
        actor.Transport.Deliver(Encoding.ASCII.GetBytes(line + "\n"));
    }

    private void Read(int reader, int max) => _read[reader].Append(Encoding.UTF8.GetString(_readers[reader].Transport.Read(max)));

    private string Finish()
    {
        Array.ForEach(_readers, reader => reader.Transport.Window = int.MaxValue);
        _chat.Settle();
        string[][] seen = [.. Enumerable.Range(0, _readers.Length).Select(SeenBy)];
        Assert.All(seen, events => Assert.Equal(seen[0], events));
        Assert.NotEmpty(seen[0]);
        Assert.DoesNotContain(_chat.Log.Entries, entry => entry.Exception is not null);
        return string.Concat(_read.Select(text => text.ToString()));
    }

    // The events alone: what rooms and everybody are told, not the answers to the reader itself.
    private string[] SeenBy(int reader)
    {
        Read(reader, int.MaxValue);
        string[] lines = Decoration().Replace(_read[reader].ToString(), "").Split('\n');
        return [.. lines.Where(line => Event().IsMatch(line))];
    }

    // Colors, the bell, CR, and a time in front.
    [GeneratedRegex(@"\u001b\[[0-9;]*m|\a|\r|^\[[0-9: .]*\] ", RegexOptions.Multiline)]
    private static partial Regex Decoration();

    [GeneratedRegex(@"^(#[ab] |\(all\) |User \S+ is now known as )")]
    private static partial Regex Event();
}
