using System.Text;
using AotChat.Protocols.Terminal;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>Lines that are typed at a terminal that shows nothing itself.</summary>
public sealed class LineEditorSpecs
{
    private readonly EditorTerminal _terminal = new(columns: 20);

    [Theory]
    [InlineData("one\ntwo\n")]
    [InlineData("one\r\ntwo\r\n")]
    [InlineData("one\r\0two\r\0")]
    [InlineData("one\rtwo\r")]
    [InlineData("one\u001bOMtwo\n")]
    public void Every_end_of_a_line_is_one_end_across_any_split(string keys)
    {
        Assert.Equal(["one", "two"], _terminal.Type(keys).Lines);
        Assert.Equal(["one", "two"], new EditorTerminal().TypeSlowly(Encoding.UTF8.GetBytes(keys)).Lines);
        Assert.Equal(["one", "two", "|"], _terminal.Sees);
    }

    [Fact]
    public void Enter_alone_is_an_empty_line() => Assert.Equal(["", "", "a", ""], _terminal.Type("\r\r\na\n\n").Lines);

    [Fact]
    public void Typing_at_the_end_sends_just_what_was_typed()
    {
        Assert.Equal("h", _terminal.Type("h").Sent);
        Assert.Equal("é", _terminal.Type("é").Sent);
        Assert.Equal("\r\n", _terminal.Type("\r").Sent);
    }

    [Fact]
    public void Nothing_is_sent_for_keys_that_do_nothing() => Assert.Equal("", _terminal.Type("ab\e").Type("[15~\0\u001a").Sent);

    [Fact]
    public void A_character_split_over_packets_is_shown_when_it_is_whole()
    {
        Assert.Equal("", _terminal.Type([0xF0, 0x9F]).Sent);
        Assert.Equal("😀", _terminal.Type([0x98, 0x80]).Sent);
        Assert.Equal(["😀"], _terminal.Type("\n").Lines);
        Assert.False(_terminal.Editor.HasReadInvalidText);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_become_a_replacement_character_and_are_noted()
    {
        Assert.Equal(["gr\uFFFD\uFFFDe", "\uFFFD"], _terminal.Type([(byte)'g', (byte)'r', 0xFC, 0xDF, (byte)'e', (byte)'\n', 0xE2, 0x82, (byte)'\n']).Lines);
        Assert.True(_terminal.Editor.HasReadInvalidText);
    }

    [Fact]
    public void Controls_that_are_no_keys_never_get_into_a_line() =>
        Assert.Equal(["ab"], _terminal.Type("a\0\u0007\u001a\u001c\u0085\u009bA\u202e\u2066\u2028b\n").Lines);

    [Fact]
    public void Letters_behind_a_string_that_a_wrong_key_began_are_seen_after_the_next_editing_key() =>
        Assert.Equal(["hello"], _terminal.Type("\e]x\u0015hello\n").Lines);

    [Fact]
    public void A_pasted_tab_is_a_space_and_the_markers_are_nothing() =>
        Assert.Equal(["a b", "c d"], _terminal.Type("\e[200~a\tb\nc\td\e[201~\t\n").Lines);

    [Fact]
    public void A_line_beyond_its_limit_rings_the_bell_is_refused_and_can_be_called_back()
    {
        EditorTerminal terminal = new(maxLineBytes: 5);
        terminal.Type("abcéx");

        Assert.Equal(["abcé|"], terminal.Sees);
        Assert.Equal(1, terminal.Screen.Bells);
        Assert.Equal(["xy"], terminal.Type("\b😀😀\nxy\n").Lines);
        Assert.Equal(["abc", "xy", "abc|"], terminal.Type("\e[A\e[A").Sees);
        Assert.Equal(["xy", "ab"], terminal.Type("\b\n").Lines);
    }

    [Fact]
    public void A_line_that_did_not_fit_is_forgotten_with_Control_C() =>
        Assert.Equal(["hi"], new EditorTerminal(maxLineBytes: 5).Type("abcdefg\u0003hi\n").Lines);

    [Fact]
    public void Letters_that_wrong_keys_have_taken_are_reported_for_their_own_line_alone()
    {
        _terminal.Type("\emsg bob hi\n");
        Assert.Equal("m"u8, _terminal.Editor.Heads);
        _terminal.Type("\e]hello\n");
        Assert.True(_terminal.Editor.HasLostText);
        Assert.True(_terminal.Editor.Heads.IsEmpty);

        _terminal.Type("hello\n");
        Assert.False(_terminal.Editor.HasLostText);
    }

    [Fact]
    public void Many_keys_that_can_do_nothing_ring_the_bell_once_a_packet() =>
        Assert.Equal(1, _terminal.Type("\b\b\u0002\u0010\u0010").Screen.Bells);

    [Fact]
    public void Control_D_leaves_on_an_empty_line_only()
    {
        Assert.False(_terminal.Type("a\u0004").HasQuit);
        Assert.True(_terminal.Type("\b\u0004").HasQuit);
    }

    [Fact]
    public void Control_C_starts_a_new_line()
    {
        _terminal.Type("what was I\u0002\u0002\u0003");
        Assert.Equal(["^C", "|"], _terminal.Sees);
        Assert.Equal(["hello"], _terminal.Type("hello\n").Lines);
    }

    [Fact]
    public void Control_L_leaves_the_line_alone_on_the_screen() =>
        Assert.Equal(["dra|ft"], _terminal.Receive("alice hi").Type("draft\u0002\u0002\u000c").Sees);

    [Fact]
    public void A_secret_is_not_shown_and_not_remembered()
    {
        _terminal.Type("login alice\n");
        _terminal.Editor.IsEchoing = false;
        _terminal.Type("hun\ttex\b\u0010r2").Receive("bob hi");

        Assert.Equal(["login alice", "bob hi", "|"], _terminal.Sees);
        Assert.Equal(["login alice", "hunter2"], _terminal.Type("\n").Lines);

        _terminal.Editor.IsEchoing = true;
        Assert.Equal(["login alice", "bob hi", "", "login alice|"], _terminal.Type("\u0010").Sees);
        Assert.DoesNotContain("hunter2", string.Concat(_terminal.Type("\u0010").Sees), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_typed_unseen_is_not_shown_when_the_echo_returns()
    {
        _terminal.Editor.IsEchoing = false;
        _terminal.Type("hunter");
        _terminal.Editor.IsEchoing = true;
        _terminal.Drain();

        Assert.Equal(["|"], _terminal.Sees);
    }

    [Fact]
    public void Text_typed_before_the_echo_goes_is_erased()
    {
        _terminal.Type("typed ahead");
        _terminal.Editor.IsEchoing = false;
        _terminal.Drain();

        Assert.Equal(["|"], _terminal.Sees);
        Assert.Equal(["typed ahead"], _terminal.Type("\n").Lines);
    }

    [Fact]
    public void A_key_allocates_nothing()
    {
        LineEditor editor = new(4_096, null);
        byte[] keys = Encoding.UTF8.GetBytes("hello wörld 😀\b\e[D\e[Dx\u0001\u0005\u0017\e[1;5D y");
        long before = 0;
        for (int i = 0; i < 200; i++)
        {
            // The first rounds grow the buffers.
            before = i == 100 ? GC.GetAllocatedBytesForCurrentThread() : before;
            editor.Read(keys, out _);
            editor.Hide();
            editor.Show();
            editor.ClearOutput();
            editor.Read("\u0015"u8, out _);
            editor.ClearOutput();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
