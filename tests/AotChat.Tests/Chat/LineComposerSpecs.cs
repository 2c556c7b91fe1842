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

        Assert.EndsWith("] a b c d é -12\n", Encoding.UTF8.GetString(lines.End()), StringComparison.Ordinal);
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

    private static string Compose(LineComposer lines)
    {
        lines.Begin();
        lines.AppendLiteral("x"u8);
        return Encoding.UTF8.GetString(lines.End());
    }
}
