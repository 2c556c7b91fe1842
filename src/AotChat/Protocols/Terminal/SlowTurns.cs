using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Text;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// Logs which turn of the loop kept everybody waiting, and which command ran longest in it, but never what anybody
/// has typed. Owned by the event loop.
/// </summary>
internal sealed class SlowTurns
{
    private readonly TerminalServer _server;
    private long _turn = -1;
    private TimeSpan _longest;
    private string _command = "";

    public SlowTurns(TerminalServer server)
    {
        _server = server;
        server.Loop.SlowTurn = ChatOptions.SlowTurn;
        server.Loop.TurnedSlowly = Report;
    }

    /// <summary>A line has run.</summary>
    /// <param name="started">When it began, as a timestamp of the loop's clock.</param>
    /// <param name="line">The line as it was typed.</param>
    /// <param name="wasInRoom">Whether its sender was in a room, where lines without a slash are said.</param>
    public void Note(long started, ReadOnlySpan<byte> line, bool wasInRoom)
    {
        TimeSpan took = _server.Loop.Time.GetElapsedTime(started);
        if (took < ChatOptions.SlowCall || (_turn == _server.Loop.Statistics.Turns && took <= _longest))
        {
            return;
        }

        _turn = _server.Loop.Statistics.Turns;
        _longest = took;
        _command = NameOf(line, wasInRoom);
    }

    private static string NameOf(ReadOnlySpan<byte> line, bool wasInRoom)
    {
        line = Blank.TrimStart(line);
        bool hasSlash = line is [(byte)'/', ..];
        if (wasInRoom && (!hasSlash || line is [_, (byte)'/', ..]))
        {
            return "a line said in a room";
        }

        line = hasSlash ? line[1..] : line;
        int start = ArgumentReader.StartOfWord(line, 0);
        return CommandTable.Find(line[start..ArgumentReader.EndOfWord(line, start)])?.Name ?? "an unknown command";
    }

    private void Report(TimeSpan took)
    {
        if (!_server.HostileEvents.MayLog())
        {
            return;
        }

        if (_turn == _server.Loop.Statistics.Turns)
        {
            SessionLog.SlowTurn(_server.Logger, took.TotalMilliseconds, _command, _longest.TotalMilliseconds);
        }
        else
        {
            SessionLog.SlowTurnWithoutCommand(_server.Logger, took.TotalMilliseconds);
        }
    }
}
