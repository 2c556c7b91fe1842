using System.Text;
using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>What a telnet client says beside text (RFC 854), and what it is answered.</summary>
public sealed class TelnetSpecs
{
    private const byte Iac = 255, Dont = 254, Do = 253, Wont = 252, Will = 251, Sb = 250, Ip = 244, Nop = 241, Se = 240;

    // Everything at once: every refusal, both silences, a subnegotiation with an escaped 0xFF in it, an escaped 0xFF in the text.
    private static readonly byte[] Stream =
    [
        Iac, Do, 5, (byte)'a', Iac, Will, 24, Iac, Wont, 5, Iac, Dont, 6, (byte)'b',
        Iac, Sb, 24, 0, Iac, Iac, (byte)'x', (byte)'\n', Iac, Se, (byte)'c', Iac, Nop, Iac, Iac, (byte)'d', (byte)'\n',
    ];

    private readonly SimulatedChat _chat = new();

    public static TheoryData<int> SplitPoints => [.. Enumerable.Range(0, Stream.Length + 1)];

    [Theory]
    [MemberData(nameof(SplitPoints))]
    public void Commands_are_found_wherever_the_network_splits_them(int split)
    {
        SimulatedClient client = _chat.Connect();
        client.Send(Stream[..split]).Send(Stream[split..]);

        AssertAnswered(client);
    }

    [Fact]
    public void Commands_are_found_byte_by_byte()
    {
        SimulatedClient client = _chat.Connect();
        client.Transport.Piece = 1;
        client.Send(Stream);

        AssertAnswered(client);
    }

    [Fact]
    public void The_server_sends_no_telnet_before_the_client_does()
    {
        SimulatedClient client = _chat.Connect(readWelcome: false).Type("w", "help");

        Assert.DoesNotContain(Iac, client.Transport.Read());
    }

    [Fact]
    public void Refusals_end_so_that_two_sides_that_answer_each_other_fall_silent()
    {
        SimulatedClient client = _chat.Connect();
        for (int i = 0; i < 1_000; i++)
        {
            client.Send([Iac, Do, 5]);
        }

        Assert.Equal(ChatOptions.TelnetAnswers * 3, client.Transport.Read().Length);
        client.Send([Iac, Wont, 5, Iac, Dont, 5]);
        Assert.Empty(client.Transport.Read());
    }

    [Fact]
    public void An_interrupt_ends_the_session_after_what_was_said_before()
    {
        SimulatedClient client = _chat.Connect();
        client.Send([.. "bar\nhalf"u8, Iac, Ip, Iac, 242, .. "baz\n"u8]);

        Assert.Equal(["Unknown command: bar", SimulatedClient.HelpHint], client.ReadTexts());
        Assert.True(client.Transport.Closed);
    }

    [Fact]
    public void A_subnegotiation_without_end_is_refused()
    {
        SimulatedClient client = _chat.Connect();
        client.Send([Iac, Sb, 24, .. new byte[ChatOptions.TelnetSubnegotiationBytes + 1]]);

        Assert.Equal(["Telnet subnegotiation too long (limit 1024 bytes). The connection is closed."], client.ReadTexts());
        Assert.True(client.Transport.Closed);
    }

    [Fact]
    public void Any_number_of_short_subnegotiations_is_heard()
    {
        SimulatedClient client = _chat.Connect();
        for (byte columns = 0; columns < 250; columns++)
        {
            client.Send([Iac, Sb, 31, 0, columns, 0, 24, Iac, Se]);
        }

        Assert.Equal(["Unknown command: bar", SimulatedClient.HelpHint], client.Type("bar").ReadTexts());
    }

    [Fact]
    public void A_command_ends_a_subnegotiation_without_end_so_that_the_lines_after_it_are_heard()
    {
        SimulatedClient client = _chat.Connect();
        client.Send([Iac, Sb, 24, 0, (byte)'x', Iac, Nop, .. "bar\n"u8]);

        Assert.Equal(["Unknown command: bar", SimulatedClient.HelpHint], client.ReadTexts());
    }

    [Theory]
    [InlineData(1_024)]
    [InlineData(1)]
    public void A_Latin_1_letter_that_looks_like_a_command_is_text_wherever_it_is_split(int piece)
    {
        SimulatedClient client = _chat.Connect();
        client.Transport.Piece = piece;
        client.Send([(byte)'a', 0xFF, (byte)'b', (byte)'\n', 0xFF, (byte)'\n', 0xFF]).HangUp();

        Assert.Equal(
            ["Unknown command: a\uFFFDb", "Unknown command: \uFFFD", "Unknown command: \uFFFD"],
            client.ReadTexts().Where(line => line.StartsWith("Unknown", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_end_of_a_client_s_input_is_its_end()
    {
        SimulatedClient client = _chat.Connect();
        client.Send([.. "bar\n"u8, Iac, 236, .. "baz\n"u8]);

        Assert.Equal(["Unknown command: bar", SimulatedClient.HelpHint], client.ReadTexts());
        Assert.True(client.Transport.Closed);
    }

    private static void AssertAnswered(SimulatedClient client)
    {
        byte[] output = client.Transport.Read();
        byte[] refusals = [Iac, Wont, 5, Iac, Dont, 24];
        Assert.Equal(refusals, output[..6]);
        string[] lines = Encoding.UTF8.GetString(output[6..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.EndsWith("] Unknown command: abc\uFFFDd", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("] " + SimulatedClient.HelpHint, lines[1], StringComparison.Ordinal);
        Assert.Contains("] Your terminal does not send UTF-8", lines[2], StringComparison.Ordinal);
    }
}
