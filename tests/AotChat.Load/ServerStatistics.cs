using System.Globalization;

namespace AotChat.Load;

/// <summary>What the server says of itself in answer to <c>stats</c>.</summary>
internal sealed class ServerStatistics
{
    private readonly string _text;

    private ServerStatistics(string text) => _text = text;

    /// <summary>Asks a server with a connection of its own.</summary>
    public static ServerStatistics Of(Target target)
    {
        using Answers client = new(target.Port);
        client.Type("stats");
        return new ServerStatistics(client.ReadUntil("Deliveries: ") + client.ReadUntil("Bytes: "));
    }

    /// <summary>The number in front of these words.</summary>
    public long Before(string words)
    {
        int end = _text.IndexOf(" " + words, StringComparison.Ordinal);
        int start = end < 0 ? -1 : _text.LastIndexOf(' ', end - 1) + 1;
        return start >= 0 && long.TryParse(_text[start..end], CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new LoadException($"'stats' does not say how many '{words}' there are");
    }
}
