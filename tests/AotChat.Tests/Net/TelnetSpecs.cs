using System.Text;
using AotChat.Net;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Net;

/// <summary>What a telnet client says beside text (RFC 854), and what it is answered.</summary>
public sealed class TelnetSpecs
{
    private const byte Iac = 255, Dont = 254, Do = 253, Wont = 252, Will = 251, Sb = 250, Ip = 244, Nop = 241, Se = 240;

    // Everything at once: every refusal, both silences, a subnegotiation with an escaped 0xFF in it, an escaped 0xFF in the text.
    private static readonly byte[] Stream =
    [
        Iac, Do, 1, (byte)'a', Iac, Will, 31, Iac, Wont, 5, Iac, Dont, 6, (byte)'b',
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
    public void The_server_never_begins()
    {
        SimulatedClient client = _chat.Connect(readWelcome: false).Type("w", "help");

        Assert.DoesNotContain(Iac, client.Transport.Read());
    }

    [Fact]
    public void Refusals_end_so_that_two_who_answer_each_other_fall_silent()
    {
        SimulatedClient client = _chat.Connect();
        for (int i = 0; i < 1_000; i++)
        {
            client.Send([Iac, Do, 1]);
        }

        Assert.Equal(TelnetFilter.MaxAnswers * 3, client.Transport.Read().Length);
        client.Send([Iac, Wont, 1, Iac, Dont, 1]);
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
        client.Send([Iac, Sb, 24, .. new byte[TelnetFilter.MaxSubnegotiation + 1]]);

        Assert.Equal(["Telnet subnegotiation too long (limit 1024 bytes)."], client.ReadTexts());
        Assert.True(client.Transport.Closed);
    }

    [Fact]
    public void Any_bytes_in_any_pieces_give_the_same()
    {
        Random random = new(5);
        byte[] interesting = [Iac, Iac, Iac, Dont, Do, Wont, Will, Sb, Se, Nop, 1, (byte)'a', (byte)'\n'];
        for (int round = 0; round < 2_000; round++)
        {
            byte[] stream = random.GetItems(interesting, random.Next(1, 60));
            (byte[] data, byte[] answers) whole = Filter(stream, _ => stream.Length);
            (byte[] data, byte[] answers) split = Filter(stream, _ => random.Next(1, 5));

            Assert.Equal(whole.data, split.data);
            Assert.Equal(whole.answers, split.answers);
        }
    }

    private static (byte[] Data, byte[] Answers) Filter(byte[] stream, Func<int, int> piece)
    {
        TelnetFilter filter = default;
        List<byte> data = [];
        List<byte> answers = [];
        for (int at = 0; at < stream.Length;)
        {
            byte[] part = stream[at..Math.Min(stream.Length, at + piece(at))];
            at += part.Length;
            byte[] answer = new byte[TelnetFilter.MaxAnswerBytes];
            int kept = filter.Concerns(part) ? filter.Filter(part, answer, out int answered) : Untouched(part, out answered);
            data.AddRange(part[..kept]);
            answers.AddRange(answer[..answered]);
        }

        return ([.. data], [.. answers]);
    }

    private static int Untouched(byte[] part, out int answered)
    {
        answered = 0;
        return part.Length;
    }

    private static void AssertAnswered(SimulatedClient client)
    {
        byte[] output = client.Transport.Read();
        byte[] refusals = [Iac, Wont, 1, Iac, Dont, 31];
        Assert.Equal(refusals, output[..6]);
        string[] lines = Encoding.UTF8.GetString(output[6..]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("] Unknown command: abc\uFFFDd", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("] " + SimulatedClient.HelpHint, lines[1], StringComparison.Ordinal);
    }
}
