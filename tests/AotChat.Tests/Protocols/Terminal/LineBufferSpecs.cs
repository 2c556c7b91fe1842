using AotChat.Protocols.Terminal;
using AotChat.Tests.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>Where the lines of a turn lie.</summary>
public sealed class LineBufferSpecs
{
    private readonly ComposedLines _lines = new(new FakeTimeProvider());

    [Fact]
    public void The_lines_of_a_turn_stand_in_a_row_and_the_next_turn_begins_in_front()
    {
        Line[] turn = [.. Enumerable.Range(0, 2_000).Select(i => _lines.Compose($"{i}"))];
        for (int i = 0; i < turn.Length; i++)
        {
            Assert.EndsWith($"] {i}\n", _lines.Text(turn[i]), StringComparison.Ordinal);
            Assert.True(i == 0 || turn[i].Start == turn[i - 1].End);
        }

        Assert.Equal(turn[^1].End, _lines.Encoders.Usual.Count);
        _lines.Reset();
        Assert.Equal(0, _lines.Encoders.Usual.Count);
        Assert.Equal(0, _lines.Compose("x").Start);
    }

    [Fact]
    public void A_line_of_the_longest_kind_fits()
    {
        string text = new('\uFFFD', 16_384);

        Assert.Equal(LineStamp.Length + (16_384 * 3) + 1, _lines.Compose(text).Length);
    }
}
