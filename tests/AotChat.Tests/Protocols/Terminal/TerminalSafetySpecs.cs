using System.Text;
using AotChat.Protocols.Terminal;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>Whatever one sends, the others' terminals get whole, harmless lines of the server's form.</summary>
public sealed class TerminalSafetySpecs
{
    private const int Rounds = 3_000;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    [Theory]
    [InlineData("msg u1001 ")]
    [InlineData("broadcast ")]
    public void Any_bytes_of_one_user_are_one_safe_line_to_another_or_none(string command)
    {
        SimulatedChat chat = new();
        SimulatedClient alice = chat.Connect();
        SimulatedClient bob = chat.Connect();
        Random random = new(command.Length);
        int heard = 0;
        for (int round = 0; round < Rounds; round++)
        {
            // A line feed or a carriage return would end the line, and 0xFF begins a telnet command: both are read before there is text.
            byte[] bytes = [.. Bytes(random).Select(value => value is (byte)'\n' or (byte)'\r' or 0xFF ? (byte)'.' : value), (byte)'.'];
            alice.Send([.. Encoding.ASCII.GetBytes(command), .. bytes, (byte)'\n']);

            // Some of the bytes erase the command in front of them.
            string line = Strict.GetString(bob.Transport.Read());
            if (line.Length == 0)
            {
                continue;
            }

            heard++;
            AssertSafe(line);
            Assert.Equal(1, line.Count(letter => letter == '\n'));
            Assert.Equal("u1000 ", line.Substring(LineStamp.Length, 6));
        }

        Assert.InRange(heard, Rounds / 4, Rounds);
    }

    [Fact]
    public void Any_bytes_at_all_are_answered_with_safe_lines_only()
    {
        SimulatedChat chat = new();
        SimulatedClient bob = chat.Connect();
        Random random = new(11);
        for (int round = 0; round < Rounds; round++)
        {
            SimulatedClient alice = chat.Connect();
            alice.Send(Bytes(random)).Send("\nhelp \u001b[2J\nfib \u009b1 2\n");
            string text = Encoding.UTF8.GetString(RemoveTelnet(alice.Transport.Read()));

            foreach (string line in text.Split('\n')[..^1])
            {
                AssertSafe(line + "\n");
            }

            Assert.Empty(bob.ReadTexts());
            alice.HangUp();
        }
    }

    // Letters of all kinds, and controls far more often than chance would have them.
    private static byte[] Bytes(Random random)
    {
        byte[] bytes = new byte[random.Next(0, 40)];
        random.NextBytes(bytes);
        for (int i = 0; i + 3 < bytes.Length; i += 4)
        {
            ReadOnlySpan<byte> piece = random.Next(6) switch
            {
                0 => "\u001b[1"u8,
                1 => "\u202e"u8,
                2 => "\u2028"u8,
                3 => "\u0085\r"u8,
                4 => "é\t"u8,
                _ => default,
            };
            piece.CopyTo(bytes.AsSpan(i));
        }

        return bytes;
    }

    private static void AssertSafe(string line)
    {
        Assert.Matches(@"^\[\d{8} \d\d:\d\d:\d\d\.\d{6}\] ", line);
        Assert.EndsWith("\n", line, StringComparison.Ordinal);
        Assert.DoesNotContain(line[..^(line.EndsWith("\r\n", StringComparison.Ordinal) ? 2 : 1)], letter => char.IsControl(letter) && letter != '\t');
        Assert.DoesNotContain(line, letter => letter is >= '\u2028' and <= '\u202e' or >= '\u2066' and <= '\u2069');
    }

    // The refusals that a telnet client asked for: three bytes each.
    private static byte[] RemoveTelnet(byte[] bytes)
    {
        List<byte> rest = [];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == 0xFF)
            {
                i += 2;
            }
            else
            {
                rest.Add(bytes[i]);
            }
        }

        return [.. rest];
    }
}
