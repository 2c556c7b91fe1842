using System.Text;

namespace AotChat.Load;

/// <summary>Somebody who types and reads answers, one line after the other. Not for speed.</summary>
internal sealed class Answers : ILineSink, IDisposable
{
    private const long AnswerLimit = 60_000_000_000;

    private readonly Crowd _crowd = new();
    private readonly Queue<string> _lines = [];

    public Answers(int port)
    {
        _crowd.Join(port, 1);
    }

    /// <summary>The name from the welcome line.</summary>
    public string Name => _crowd.Clients[0].Name;

    /// <summary>When the line that was read last had arrived.</summary>
    public long ReceivedAt => _crowd.ReceivedAt;

    /// <summary>Types a line.</summary>
    public void Type(string line) => _crowd.Clients[0].Send(Encoding.UTF8.GetBytes(line + "\n"), _crowd.Poll);

    /// <summary>Reads lines up to one that contains this, and returns it.</summary>
    public string ReadUntil(string text)
    {
        for (long deadline = Clock.Now + AnswerLimit; Clock.Now < deadline;)
        {
            while (_lines.TryDequeue(out string? line))
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }

            _crowd.ReceiveUntil(deadline, this);
        }

        throw new LoadException($"the server never said '{text}'");
    }

    /// <summary>Types a line and reads lines up to one that contains this, and returns it.</summary>
    public string Ask(string line, string text)
    {
        Type(line);
        return ReadUntil(text);
    }

    void ILineSink.OnLine(LoadClient client, ReadOnlySpan<byte> line) => _lines.Enqueue(Encoding.UTF8.GetString(line));

    public void Dispose() => _crowd.Dispose();
}
