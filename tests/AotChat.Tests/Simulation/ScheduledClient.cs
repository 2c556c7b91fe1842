using System.Globalization;
using System.Text;
using AotChat.Configuration;
using AotChat.Protocols.Terminal;

namespace AotChat.Tests.Simulation;

/// <summary>
/// One who takes part in a schedule: knows what it has asked, reads what it gets, and checks that each line is one that
/// may come now.
/// </summary>
/// <param name="chat">The chat it is in.</param>
/// <param name="options">The limits of that chat.</param>
/// <param name="transport">Its connection.</param>
/// <param name="joinedAt">How many broadcasts everybody else had heard of when it came.</param>
internal sealed class ScheduledClient(SimulatedChat chat, ChatOptions options, SimulatedTransport transport, int joinedAt)
{
    private readonly Queue<byte> _typed = [];
    private readonly Queue<Func<string, bool>> _answers = [];
    private readonly List<byte> _partial = [];
    private string _lastStamp = "";
    private bool _hasHint;

    public SimulatedTransport Transport { get; } = transport;

    public int JoinedAt { get; } = joinedAt;

    public string Name { get; private set; } = "";

    /// <summary>The broadcasts that came, and in their places how many were announced as missed.</summary>
    public List<(string Text, int Missed)> Heard { get; } = [];

    /// <summary>The words to this one alone that came.</summary>
    public List<string> Direct { get; } = [];

    /// <summary>Of the words that it sent to one alone, those that were confirmed.</summary>
    public List<(string Recipient, string Text)> Confirmed { get; } = [];

    /// <summary>The broadcasts that it typed, in order.</summary>
    public List<string> Broadcasts { get; } = [];

    /// <summary>Everything that it has read.</summary>
    public StringBuilder Transcript { get; } = new();

    /// <summary>Job results that came.</summary>
    public int Results { get; private set; }

    /// <summary>Jobs that it has asked for, by recipient, and how many of them were said to be delivered.</summary>
    public Dictionary<string, (int Asked, int Confirmed)> Jobs { get; } = [];

    /// <summary>Whether the server or this one has ended it.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>Whether everything it typed was answered.</summary>
    public bool IsAnswered => _answers.Count == 0 && _typed.Count == 0;

    /// <summary>Whether it has typed something that has not reached the network.</summary>
    public bool HasTyped => _typed.Count > 0;

    /// <summary>Types a line; a command that is answered at once says which answers are right.</summary>
    public void Type(string line, Func<string, bool>? answer = null)
    {
        foreach (byte value in Encoding.UTF8.GetBytes(line + "\n"))
        {
            _typed.Enqueue(value);
        }

        if (answer is not null)
        {
            _answers.Enqueue(answer);
        }
    }

    /// <summary>The network takes so many of the bytes that were typed.</summary>
    public void Deliver(int max)
    {
        byte[] bytes = new byte[Math.Min(max, _typed.Count)];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = _typed.Dequeue();
        }

        if (bytes.Length > 0)
        {
            Transport.Deliver(bytes);
        }
    }

    /// <summary>Ends its input after what was typed.</summary>
    public void HangUp()
    {
        Deliver(int.MaxValue);
        Transport.EndOfInput = true;
        IsLeaving = true;
    }

    /// <summary>Types quit.</summary>
    public void Quit()
    {
        Type("quit");
        IsLeaving = true;
    }

    /// <summary>Breaks its connection.</summary>
    public void Reset()
    {
        Transport.Broken = true;
        IsLeaving = true;
    }

    /// <summary>Reads so many bytes of what has arrived.</summary>
    public void Read(int max)
    {
        foreach (byte value in Transport.Read(max))
        {
            _partial.Add(value);
            if (value == '\n')
            {
                Take(Encoding.UTF8.GetString([.. _partial]));
                _partial.Clear();
            }
        }
    }

    private void Take(string line)
    {
        Transcript.Append(line);
        Assert.Matches(@"^\[\d{8} \d\d:\d\d:\d\d\.\d{6}\] .*\n$", line);
        string stamp = line[..(LineStamp.Length - 1)];
        Assert.True(string.CompareOrdinal(stamp, _lastStamp) >= 0, $"{Name} got a line that is older than the one before: {line}");
        _lastStamp = stamp;
        string text = line[LineStamp.Length..^1];
        string[] words = text.Split(' ');
        if (Name.Length == 0)
        {
            Assert.StartsWith("Welcome! Your username is ", text, StringComparison.Ordinal);
            Name = words[^1];
        }
        else if (text == SimulatedClient.WayIn)
        {
            Assert.Equal(2, Transcript.ToString().Count(letter => letter == '\n'));
        }
        else if (words is ["You", "missed", string number, "line." or "lines."])
        {
            Heard.Add(("", int.Parse(number, CultureInfo.InvariantCulture)));
        }
        else if (words is [['u', ..], ['b', ..], ..])
        {
            Heard.Add((text, 0));
        }
        else if (words is [['u', ..], ['d', ..], ..])
        {
            Direct.Add(text);
        }
        else if (text == SimulatedClient.HelpHint)
        {
            Assert.False(_hasHint, $"{Name} got the same hint twice.");
            _hasHint = true;
        }
        else if (words[0].StartsWith("fib(", StringComparison.Ordinal))
        {
            Results++;
        }
        else if (text.StartsWith("Fib result is delivered to ", StringComparison.Ordinal))
        {
            (int asked, int confirmed) = Jobs[words[^1]];
            Jobs[words[^1]] = (asked, confirmed + 1);
        }
        else if (text is "Server is shutting down." || text == $"You were idle for {options.IdleTimeoutSeconds} seconds. The connection is closed.")
        {
            IsLeaving = true;
        }
        else if (!text.StartsWith("Cannot deliver fib", StringComparison.Ordinal) && !text.StartsWith("Cannot compute fib", StringComparison.Ordinal))
        {
            Assert.True(_answers.Count > 0, $"{Name} got an answer to nothing: {text}");
            Assert.True(_answers.Dequeue()(line), $"{Name} got the wrong answer: {text}");
        }
    }

    /// <summary>Whether the server knows it as a user.</summary>
    public bool IsOnline => Name.Length > 0 && chat.Server.Users.TryFind(Encoding.ASCII.GetBytes(Name), out _);
}
