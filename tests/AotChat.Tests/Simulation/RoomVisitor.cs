using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AotChat.Protocols.Terminal;

namespace AotChat.Tests.Simulation;

/// <summary>
/// One who takes part in a <see cref="RoomSchedule"/>: reads what it gets, and remembers of each stay in a room which
/// lines it heard there and which were announced as missed.
/// </summary>
internal sealed partial class RoomVisitor(SimulatedTransport transport, int number)
{
    private readonly List<byte> _partial = [];
    private readonly Dictionary<string, Stay> _present = [];

    public SimulatedTransport Transport { get; } = transport;

    /// <summary>Marks what it says, so that it is known in spite of new names.</summary>
    public string Mark { get; } = $"v{number}:";

    /// <summary>Its present name, as the server has told it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>All stays in rooms, those that have ended first.</summary>
    public List<Stay> Stays { get; } = [];

    /// <summary>Whether it or the server has ended the connection.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>What the last <c>w</c> listed; null where it was not answered since.</summary>
    public string[]? Listed { get; private set; }

    /// <summary>Everything that it has read.</summary>
    public StringBuilder Transcript { get; } = new();

    /// <summary>Everybody's lines that are not a room's; the first word says whose they are.</summary>
    public List<string> Others { get; } = [];

    /// <summary>Whether a stay has not ended.</summary>
    public bool IsIn(Stay stay) => _present.ContainsValue(stay);

    /// <summary>The network takes a line.</summary>
    public void Type(string line) => Transport.Deliver(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Reads so many bytes of what has arrived.</summary>
    public void Read(int max)
    {
        foreach (byte value in Transport.Read(max))
        {
            _partial.Add(value);
            if (value == '\n')
            {
                string line = Encoding.UTF8.GetString([.. _partial]);
                Transcript.Append(line);
                Take(line[LineStamp.Length..^1]);
                _partial.Clear();
            }
        }
    }

    private void Take(string text)
    {
        if (RoomLine().Match(text) is { Success: true } heard)
        {
            // A line of the history that is shown, with its number, or one that is said now, with the text alone.
            Stay stay = _present[heard.Groups["room"].Value];
            if (heard.Groups["number"].Success)
            {
                stay.JoinedAfter = Math.Max(stay.JoinedAfter, long.Parse(heard.Groups["number"].Value, CultureInfo.InvariantCulture));
            }
            else
            {
                stay.Heard.Add(heard.Groups["text"].Value);
            }

            return;
        }

        if (text.StartsWith('#'))
        {
            return;
        }

        Others.Add(text);
        string[] words = text.Split(' ');
        switch (words)
        {
            case ["Welcome!", .., var given]:
                Name = given;
                break;

            case ["You", "are", "now", "known", "as", var name]:
                Name = name;
                break;

            case ["You", "are", "in", ['#', ..] and var room, ['(', ..], ..]:
                _present[room] = new Stay(room);
                Stays.Add(_present[room]);
                break;

            case ["You", "did", "not", "answer.", ..]:
                IsLeaving = true;
                break;

            case ["You", "left", var room, ..]:
                _present.Remove(room.TrimEnd('.', ','));
                break;

            case ["You", "missed", ..]:
                foreach (Match missed in Missed().Matches(text))
                {
                    _present["#" + missed.Groups[1].Value].Missed.Add((
                        long.Parse(missed.Groups[2].Value, CultureInfo.InvariantCulture), long.Parse(missed.Groups[3].Value, CultureInfo.InvariantCulture)));
                }

                break;

            case ["Online", ..]:
                Listed = text["Online users: ".Length..].Split(", ");
                break;

            case ["No", "other", ..]:
                Listed = [];
                break;
        }
    }

    [GeneratedRegex(@"^(?<room>#\S+) (?:\[(?<number>\d+)\] )?(?:\* )?[A-Za-z]\S* (?<text>v\d+:\d+)$")]
    private static partial Regex RoomLine();

    [GeneratedRegex(@"/history (\S+) (\d+)-(\d+)")]
    private static partial Regex Missed();

    /// <summary>From joining a room to leaving it.</summary>
    internal sealed class Stay(string room)
    {
        public string Room { get; } = room;

        /// <summary>The number of the last line of the history that was shown on joining.</summary>
        public long JoinedAfter { get; set; }

        /// <summary>What was heard, in order.</summary>
        public List<string> Heard { get; } = [];

        /// <summary>The lines that were announced as missed.</summary>
        public List<(long First, long Last)> Missed { get; } = [];
    }
}
