using System.Text;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>
/// What real clients send for what people type, and what the chat makes of it. alice (u1000) types, in #lobby; bob
/// (u1001) is there too.
/// </summary>
public sealed class TypingClientSpecs
{
    private readonly SimulatedChat _chat = new();
    private readonly SimulatedClient _alice;
    private readonly SimulatedClient _bob;

    public TypingClientSpecs()
    {
        _alice = _chat.Connect().Type("nick alice", "join lobby");
        _bob = _chat.Connect().Type("nick bob", "join lobby");
        _alice.ReadTexts();
        _bob.ReadTexts();
    }

    /// <summary>The client, the keys, the bytes that it sends for them, what bob reads.</summary>
    public static TheoryData<string, string, byte[], string> Table => new()
    {
        // A terminal in its usual mode edits by itself; a key that it does not know becomes bytes in the line.
        { "openbsd nc", "hello Enter", Bytes("hello\n"), "#lobby alice hello" },
        { "openbsd nc", "Up /msg bob x Enter", Bytes("\u001b[A/msg bob x\n"), "alice x" },
        { "openbsd nc", "Ctrl-V Tab /msg bob x Enter", Bytes("\t/msg bob x\n"), "alice x" },
        { "openbsd nc -C", "hello Enter", Bytes("hello\r\n"), "#lobby alice hello" },
        { "traditional nc", "F1 hello Enter", Bytes("\u001bOPhello\n"), "#lobby alice hello" },
        { "busybox nc", "Delete hello Enter", Bytes("\u001b[3~hello\n"), "#lobby alice hello" },
        { "nc on a terminal in Latin-1", "grüß Enter", [.. Bytes("gr"), 0xFC, 0xDF, (byte)'\n'], "#lobby alice gr\uFFFD\uFFFD" },

        // A terminal in raw mode sends every key.
        { "nc on a raw terminal", "teh BS BS BS the cat Enter", Bytes("teh\u007f\u007f\u007fthe cat\r"), "#lobby alice the cat" },
        { "socat on a raw terminal", "wrong Ctrl-U right Enter", Bytes("wrong\u0015right\r"), "#lobby alice right" },
        { "socat on a raw terminal", "one two Ctrl-W three Enter", Bytes("one two\u0017three\r"), "#lobby alice one three" },
        { "PuTTY, raw", "/msg bob x Enter", Bytes("/msg bob x\r"), "alice x" },
        { "PuTTY, raw", "pasted in brackets Enter", Bytes("\u001b[200~pasted\u001b[201~\r"), "#lobby alice pasted" },
        { "PuTTY, raw", "naïve BS Enter", Bytes("naï\b\b\bok\r\n"), "#lobby alice ok" },

        // GNU telnet in line mode, which speaks telnet only when it is told to.
        { "GNU telnet", "hello Enter", Bytes("hello\r\n"), "#lobby alice hello" },
        { "GNU telnet", "Ctrl-D /msg bob x Enter", Bytes("\u0004/msg bob x\r\n"), "alice x" },
        { "GNU telnet", "hallo, send ec four times, ello Enter", [.. Bytes("hallo"), 255, 247, 255, 247, 255, 247, 255, 247, .. Bytes("ello\r\n")], "#lobby alice hello" },
        { "GNU telnet", "wrong, send el, right Enter", [.. Bytes("wrong"), 255, 248, .. Bytes("right\r\n")], "#lobby alice right" },

        // Single characters without an agreement about them.
        { "Windows telnet", "hello Enter", Bytes("hello\r\n"), "#lobby alice hello" },
        { "Windows telnet", "hellp BS o Enter", Bytes("hellp\bo\r\n"), "#lobby alice hello" },
        { "telnet in character mode", "hello Enter", Bytes("hello\r\0"), "#lobby alice hello" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void A_typed_line_arrives_as_it_was_meant(string client, string keys, byte[] bytes, string heard)
    {
        _ = (client, keys);
        _alice.Send(bytes);

        Assert.Equal([heard], _bob.ReadTexts());
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void A_line_sent_key_by_key_arrives_the_same(string client, string keys, byte[] bytes, string heard)
    {
        _ = (client, keys);
        foreach (byte value in bytes)
        {
            _alice.Send([value]);
        }

        Assert.Equal([heard], _bob.ReadTexts());
    }

    [Theory]
    [InlineData("w\n")]
    [InlineData("w\r\n")]
    [InlineData("w\r\0")]
    [InlineData("w\r")]
    public void Every_end_of_line_is_answered_at_once_and_once(string typed)
    {
        SimulatedClient client = _chat.Connect();
        foreach (byte value in Bytes(typed))
        {
            client.Send([value]);
        }

        Assert.Equal(["Online users: alice, bob"], client.ReadTexts());
        Assert.Equal(["Online users: alice, bob"], client.Send(typed).ReadTexts());
    }

    [Fact]
    public void Text_that_is_not_utf8_is_explained_once()
    {
        byte[] line = [.. Bytes("caf"), 0xE9, (byte)'\n'];

        Assert.Equal(
            ["Your terminal does not send UTF-8: letters such as é reach others as \uFFFD. Set its character set to UTF-8."],
            _alice.Send(line).ReadTexts());
        Assert.Empty(_alice.Send(line).ReadTexts());
    }

    [Fact]
    public void A_line_that_a_control_sequence_swallows_is_not_lost_without_a_word()
    {
        _alice.Send("\u001b]/msg bob x\n");

        Assert.Equal(["Part of your line was left out: it looked like a terminal control sequence."], _alice.ReadTexts());
        Assert.Empty(_bob.ReadTexts());
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
