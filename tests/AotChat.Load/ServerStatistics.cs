using System.Globalization;
using System.Text;

namespace AotChat.Load;

/// <summary>What the server says of itself in answer to <c>stats</c>.</summary>
internal sealed class ServerStatistics : ILineSink
{
    private const string LastLine = "Loop:";
    private const long AnswerLimit = 5_000_000_000;

    private readonly StringBuilder _text = new();

    /// <summary>Asks a server with a connection of its own.</summary>
    public static ServerStatistics Of(Target target)
    {
        ServerStatistics statistics = new();
        using Crowd crowd = new();
        crowd.Join(target.Port, 1);
        crowd.Clients[0].Send("stats\n"u8, crowd.Poll);
        for (long deadline = Clock.Now + AnswerLimit; !statistics._text.ToString().Contains(LastLine, StringComparison.Ordinal);)
        {
            crowd.ReceiveUntil(deadline, statistics);
            if (Clock.Now >= deadline)
            {
                throw new LoadException("the server does not answer 'stats'");
            }
        }

        return statistics;
    }

    /// <summary>The number in front of these words.</summary>
    public long Before(string words)
    {
        string text = _text.ToString();
        int end = text.IndexOf(" " + words, StringComparison.Ordinal);
        int start = end < 0 ? -1 : text.LastIndexOf(' ', end - 1) + 1;
        return start >= 0 && long.TryParse(text[start..end], CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new LoadException($"'stats' does not say how many '{words}' there are");
    }

    void ILineSink.OnLine(LoadClient client, ReadOnlySpan<byte> line) => _text.Append(Encoding.UTF8.GetString(line)).Append('\n');
}
