using System.Text;
using AotChat.Protocols.Terminal;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>How bytes become lines.</summary>
public sealed class LineFramerSpecs
{
    private const int Max = 8;

    [Theory]
    [InlineData("one\ntwo\n", "one|two")]
    [InlineData("one\r\ntwo\r\n", "one|two")]
    [InlineData("\n\none\n", "||one")]
    [InlineData("12345678\n", "12345678")]
    [InlineData("12345678\r\n", "12345678")]
    [InlineData("123456789\nok\n", "<too long>|ok")]
    [InlineData("123456789\r\nok\n", "<too long>|ok")]
    [InlineData("12345678901234567890123456789\nok\n", "<too long>|ok")]
    [InlineData("123456789\n123456789\n", "<too long>|<too long>")]
    [InlineData("a\rb\n", "a|b")]
    [InlineData("one\rtwo\r", "one|two")]
    [InlineData("one\r\0two\r\0", "one|two")]
    [InlineData("one\r\0\ntwo\r\r\n", "one||two|")]
    [InlineData("one\n\rtwo\n\r", "one||two|")]
    [InlineData("one\r\n\0two\n", "one|\0two")]
    [InlineData("123456789\rok\r\0", "<too long>|ok")]
    [InlineData("\r\n", "")]
    [InlineData("last", "last")]
    [InlineData("last\r", "last")]
    [InlineData("123456789", "<too long>")]
    [InlineData("", null)]
    public void Lines_are_the_same_at_every_split_point(string input, string? expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(input);
        for (int first = 0; first <= bytes.Length; first++)
        {
            for (int second = first; second <= bytes.Length; second++)
            {
                Assert.Equal(expected, Join(Frame(bytes[..first], bytes[first..second], bytes[second..])));
            }
        }
    }

    [Fact]
    public void A_line_byte_by_byte_is_one_line()
    {
        byte[][] pieces = [.. "abc\r\nd\n"u8.ToArray().Select(value => new[] { value })];

        Assert.Equal("abc|d", Join(Frame(pieces)));
    }

    private static string? Join(List<string> lines) => lines.Count == 0 ? null : string.Join('|', lines);

    // What a session does: keep what is not consumed, and offer it again with more behind it.
    private static List<string> Frame(params byte[][] pieces)
    {
        LineFramer framer = new(Max);
        List<string> lines = [];
        byte[] kept = [];
        foreach (byte[] piece in pieces)
        {
            byte[] input = [.. kept, .. piece];
            int position = 0;
            FrameResult result;
            do
            {
                position += framer.FinishReturn(input.AsSpan(position));
                result = framer.Read(input.AsSpan(position), out ReadOnlySpan<byte> line, out int consumed);
                position += consumed;
                if (result is FrameResult.Line or FrameResult.TooLong)
                {
                    lines.Add(result == FrameResult.TooLong ? "<too long>" : Encoding.UTF8.GetString(line));
                }
            }
            while (result == FrameResult.Line || (result == FrameResult.TooLong && position < input.Length));

            kept = input[position..];
            Assert.True(kept.Length <= Max + 1, "More is kept than a line can be long.");
        }

        ReadOnlySpan<byte> last = framer.ReadLast(kept);
        if (!last.IsEmpty)
        {
            lines.Add(Encoding.UTF8.GetString(last));
        }

        return lines;
    }
}
