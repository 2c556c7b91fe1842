using System.Text;
using AotChat.Chat;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Chat;

/// <summary>The form of an outgoing line.</summary>
public sealed class LineComposerSpecs
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 2, 29, 23, 59, 59, TimeSpan.Zero).AddTicks(10));

    [Fact]
    public void The_stamp_is_local_time_with_six_digits_of_microseconds()
    {
        _time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", new TimeSpan(5, 45, 0), "test", "test"));

        Assert.Equal("[20240301 05:44:59.000001] x\n", Compose(new LineComposer(_time)));
    }

    [Fact]
    public void The_stamp_follows_the_clock_within_a_second_and_beyond()
    {
        LineComposer lines = new(_time);
        Assert.Equal("[20240229 23:59:59.000001] x\n", Compose(lines));
        _time.Advance(TimeSpan.FromMicroseconds(999_998));
        Assert.Equal("[20240229 23:59:59.999999] x\n", Compose(lines));
        _time.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Equal("[20240301 00:00:00.000000] x\n", Compose(lines));
    }

    [Fact]
    public void The_pieces_of_a_line_stand_in_order()
    {
        LineComposer lines = new(_time);
        lines.Begin();
        lines.AppendLiteral("a ");
        lines.AppendLiteral("b "u8);
        lines.AppendText("c\u001b "u8);
        lines.AppendText("d\u0007 é ");
        lines.AppendNumber(-12);

        Assert.EndsWith("] a b c d é -12\n", Encoding.UTF8.GetString(lines.Bytes(lines.End())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_line_fits()
    {
        LineComposer lines = new(_time);
        lines.Begin();
        byte[] invalid = new byte[16_384];
        Array.Fill(invalid, (byte)0xFF);
        lines.AppendText(invalid);

        Assert.Equal(LineComposer.StampLength + (16_384 * 3) + 1, lines.End().Length);
    }

    [Fact]
    public void The_lines_of_a_turn_stand_in_a_row()
    {
        LineComposer lines = new(_time);
        Line[] turn = [.. Enumerable.Range(0, 2_000).Select(i => Add(lines, i))];

        for (int i = 0; i < turn.Length; i++)
        {
            Assert.EndsWith($"] {i}\n", Encoding.UTF8.GetString(lines.Bytes(turn[i])), StringComparison.Ordinal);
            Assert.True(i == 0 || turn[i].Start == turn[i - 1].End);
        }

        Assert.Equal(turn[^1].End, lines.Count);
    }

    [Fact]
    public void A_line_that_was_not_closed_leaves_nothing()
    {
        LineComposer lines = new(_time);
        lines.Begin();
        lines.AppendLiteral("lost"u8);

        Assert.Equal("[20240229 23:59:59.000001] x\n", Compose(lines));
    }

    [Fact]
    public void Of_a_line_that_was_not_closed_no_name_is_taken_for_one_of_the_next()
    {
        LineComposer lines = new(_time);
        lines.Begin();
        lines.AppendName("bob"u8);
        lines.Begin();
        lines.AppendName("alice"u8);
        Line line = lines.End();

        Assert.Equal([new NameMark(LineComposer.StampLength, 5)], lines.NamesOf(lines.MarkOf(line)).ToArray());
    }

    [Fact]
    public void The_next_turn_begins_in_front()
    {
        LineComposer lines = new(_time);
        Compose(lines);
        lines.Reset();

        Assert.Equal(0, lines.Count);
        Assert.Equal(0, Add(lines, 1).Start);
    }

    [Fact]
    public void The_memory_of_a_huge_turn_is_given_back_and_that_of_a_usual_one_is_kept()
    {
        LineComposer lines = new(_time);
        Line huge = Add(lines, new byte[1024 * 1024]);
        lines.Reset();
        Assert.Throws<ArgumentOutOfRangeException>(() => lines.Bytes(huge).Length);

        byte[] usual = new byte[200 * 1024];
        Add(lines, usual);
        lines.Reset();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Add(lines, usual);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static Line Add(LineComposer lines, byte[] text)
    {
        lines.Begin();
        lines.AppendLiteral(text);
        return lines.End();
    }

    private static Line Add(LineComposer lines, int number)
    {
        lines.Begin();
        lines.AppendNumber(number);
        return lines.End();
    }

    private static string Compose(LineComposer lines)
    {
        lines.Begin();
        lines.AppendLiteral("x"u8);
        return Encoding.UTF8.GetString(lines.Bytes(lines.End()));
    }
}
