using AotChat.Tests.Simulation;
using AotChat.Workers;
using Microsoft.Extensions.Logging;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>A turn that keeps everybody waiting is a line of the log that names the command, and nothing that was typed.</summary>
public sealed class SlowTurnSpecs
{
    private readonly SimulatedChat _chat = new();
    private readonly SimulatedClient _client;

    public SlowTurnSpecs()
    {
        _client = _chat.Connect();
        _chat.Jobs.Workers = Slow(51);
    }

    [Theory]
    [InlineData("workers")]
    [InlineData("/WORKERS")]
    [InlineData("w\nworkers\nw")]
    public void A_slow_turn_is_logged_with_the_command_that_ran_longest(string lines)
    {
        _client.Send(lines + "\n");

        Assert.Equal([(LogLevel.Warning, "A turn of the event loop took 51.0 ms; what ran longest in it was workers, 51.0 ms", null)], _chat.Log.Entries);
    }

    [Fact]
    public void A_turn_within_the_limit_is_not_logged()
    {
        _chat.Jobs.Workers = Slow(50);
        _client.Type("workers");

        Assert.Empty(_chat.Log.Entries);
    }

    [Fact]
    public void A_slow_turn_without_a_command_is_logged_too()
    {
        _client.Type("workers");
        _chat.Log.Entries.Clear();
        _chat.Loop.Post(_ => _chat.Time.Advance(TimeSpan.FromMilliseconds(60)), null);
        _chat.Settle();

        Assert.Equal("A turn of the event loop took 60.0 ms; no command ran long in it", Assert.Single(_chat.Log.Entries).Message);
    }

    [Fact]
    public void What_ran_longest_is_looked_for_in_each_turn_anew()
    {
        _chat.Jobs.Workers = Slow(80);
        _client.Type("workers");
        _chat.Jobs.Workers = Slow(60);
        _client.Type("workers");

        Assert.EndsWith("what ran longest in it was workers, 60.0 ms", _chat.Log.Entries[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_crowd_of_slow_turns_does_not_fill_the_log()
    {
        for (int i = 0; i < 1_000; i++)
        {
            _client.Type("workers").ReadTexts();
        }

        Assert.InRange(_chat.Log.Entries.Count, 1, 200);
    }

    // Looking at the workers takes so long.
    private IEnumerable<WorkerStatus> Slow(int milliseconds)
    {
        _chat.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        yield break;
    }
}
