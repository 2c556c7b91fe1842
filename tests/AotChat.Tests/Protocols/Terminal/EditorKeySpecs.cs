namespace AotChat.Tests.Protocols.Terminal;

/// <summary>What the keys of terminals in use do, by the bytes that they send.</summary>
public sealed class EditorKeySpecs
{
    // Typed first: "one two  three", with the cursor between the spaces.
    private const string Before = "one two | three";

    public static TheoryData<string, string, string> Keys => new()
    {
        // Client and key, bytes, the line behind it.
        { "xterm Left", "\e[D", "one two|  three" },
        { "xterm Left, application mode", "\eOD", "one two|  three" },
        { "xterm Right", "\e[C", "one two  |three" },
        { "xterm Right, application mode", "\eOC", "one two  |three" },
        { "xterm Ctrl-Left", "\e[1;5D", "one |two  three" },
        { "xterm Ctrl-Right", "\e[1;5C", "one two  three|" },
        { "xterm Alt-Left", "\e[1;3D", "one |two  three" },
        { "xterm Shift-Left", "\e[1;2D", "one two|  three" },
        { "xterm Home", "\e[H", "|one two  three" },
        { "xterm Home, application mode", "\eOH", "|one two  three" },
        { "xterm End", "\e[F", "one two  three|" },
        { "xterm End, application mode", "\eOF", "one two  three|" },
        { "xterm Delete", "\e[3~", "one two |three" },
        { "xterm Backspace", "\u007f", "one two| three" },
        { "xterm Alt-Backspace", "\e\u007f", "one | three" },
        { "xterm Alt-B", "\eb", "one |two  three" },
        { "xterm Alt-F", "\ef", "one two  three|" },
        { "xterm Alt-D", "\ed", "one two |" },
        { "xterm Alt-Left as ESC twice", "\e\e[D", "one two|  three" },
        { "xterm F1", "\eOP", Before },
        { "xterm F5", "\e[15~", Before },
        { "xterm Insert", "\e[2~", Before },
        { "xterm Page Up", "\e[5~", Before },
        { "xterm Shift-Tab", "\e[Z", Before },
        { "xterm focus", "\e[I\e[O", Before },
        { "xterm title", "\e]0;x\u0007", Before },
        { "PuTTY Left", "\e[D", "one two|  three" },
        { "PuTTY Home", "\e[1~", "|one two  three" },
        { "PuTTY End", "\e[4~", "one two  three|" },
        { "PuTTY Home, rxvt mode", "\e[H", "|one two  three" },
        { "PuTTY End, rxvt mode", "\eOw", Before },
        { "PuTTY Delete", "\e[3~", "one two |three" },
        { "PuTTY Backspace", "\u007f", "one two| three" },
        { "PuTTY F1", "\e[11~", Before },
        { "Linux console Home", "\e[1~", "|one two  three" },
        { "Linux console End", "\e[4~", "one two  three|" },
        { "Linux console Delete", "\e[3~", "one two |three" },
        { "Linux console F1", "\e[[A", Before },
        { "Linux console F4", "\e[[D", Before },
        { "rxvt Home", "\e[7~", "|one two  three" },
        { "rxvt End", "\e[8~", "one two  three|" },
        { "rxvt Ctrl-Left", "\eOd", "one |two  three" },
        { "rxvt Ctrl-Right", "\eOc", "one two  three|" },
        { "old xterm Ctrl-Left", "\e[5D", "one |two  three" },
        { "Windows telnet Left", "\e[D", "one two|  three" },
        { "Windows telnet Backspace", "\b", "one two| three" },
        { "Windows telnet Delete", "\u007f", "one two| three" },
        { "Windows telnet Home", "\e[1~", "|one two  three" },
        { "Ctrl-A", "\u0001", "|one two  three" },
        { "Ctrl-B", "\u0002", "one two|  three" },
        { "Ctrl-D", "\u0004", "one two |three" },
        { "Ctrl-E", "\u0005", "one two  three|" },
        { "Ctrl-F", "\u0006", "one two  |three" },
        { "Ctrl-K", "\u000b", "one two |" },
        { "Ctrl-L", "\u000c", Before },
        { "Ctrl-U", "\u0015", "|" },
        { "Ctrl-W", "\u0017", "one | three" },
        { "Ctrl-Z", "\u001a", Before },
        { "Ctrl-@", "\0", Before },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_does_what_its_terminal_means_by_it(string key, string bytes, string expected)
    {
        EditorTerminal terminal = new EditorTerminal().Type("one two  three\e[D\e[D\e[D\e[D\e[D\e[D");
        Assert.Equal([Before], terminal.Sees);

        Assert.True(terminal.Type(bytes).Sees is [var line] && line == expected, $"{key}: {terminal.Sees[0]}");
        Assert.Equal([expected.Replace("|", "", StringComparison.Ordinal)], terminal.Type("\n").Lines);
    }

    [Theory]
    [InlineData("ae\u0301", "a")]
    [InlineData("a👨‍👩‍👧", "a")]
    [InlineData("a🇦🇹🇩🇪", "a🇦🇹")]
    [InlineData("a👍🏽", "a")]
    [InlineData("a#\uFE0F\u20E3", "a")]
    [InlineData("a漢字", "a漢")]
    [InlineData("a각", "a")]
    [InlineData("aé", "a")]
    [InlineData("a\uFFFD", "a")]
    public void Backspace_and_Delete_take_whole_characters(string typed, string left)
    {
        Assert.Equal([left], new EditorTerminal().Type(typed + "\b\n").Lines);
        Assert.Equal([left + "|"], new EditorTerminal().Type(typed + "\u007f").Sees);
        Assert.Equal([left], new EditorTerminal().Type(typed + "\e[D\e[3~\n").Lines);
        Assert.Equal([typed[..left.Length] + "x" + typed[left.Length..]], new EditorTerminal().Type(typed + "\e[Dx\n").Lines);
    }

    [Fact]
    public void Keys_at_the_ends_of_a_line_ring_the_bell()
    {
        foreach (string key in (string[])["\b", "\e[D", "\u0001", "\u0015", "\u0017", "\u000b", "\e[3~", "\e[C", "\e[A", "\e[B", "\t"])
        {
            Assert.Equal(1, new EditorTerminal().Type(key).Screen.Bells);
        }
    }
}
