using System.Text;
using AotChat.Tests.Protocols.Terminal;

namespace AotChat.EndToEnd.Tests;

/// <summary>Typing with the programs and habits that people have, on a pseudo-terminal.</summary>
public sealed class TypingSpecs : IAsyncLifetime
{
    private Server _server = null!;
    private Client _bob = null!;

    public async Task InitializeAsync()
    {
        _server = await Server.StartAsync("--workers", "1");
        _bob = await _server.ConnectAsync();
        Assert.Equal("You are now known as bob", await _bob.AskAsync("nick bob"));
        Assert.StartsWith("You are in #lobby", await _bob.AskAsync("join lobby"), StringComparison.Ordinal);
    }

    public async Task DisposeAsync()
    {
        _bob.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("nc.openbsd", "\u001b[A")]
    [InlineData("nc.openbsd", "\u001b[200~")]
    [InlineData("nc.traditional", "\u001bOP")]
    [InlineData("busybox nc", "\u001b[3~")]
    [InlineData("telnet", "\u001b[A")]
    public async Task A_key_in_front_of_a_private_message_does_not_make_it_public(string program, string key)
    {
        using Terminal alice = await JoinAsync(program);
        await alice.PressAsync(key + "/msg bob my secret\n");

        Assert.Equal("alice my secret", await _bob.ReadAsync());
        await alice.TypeAsync("msg bob my secret", "Not sent: this looks private.");
        await alice.PressAsync("done\n");
        Assert.Equal("#lobby alice done", await _bob.ReadAsync());
    }

    [Fact]
    public async Task Keys_on_a_raw_terminal_erase_and_end_lines()
    {
        using Terminal alice = await JoinAsync("stty raw -echo; exec nc.openbsd", end: "\r");
        await alice.PressAsync("teh\u007f\u007f\u007fthe cat\r");

        Assert.Equal("#lobby alice the cat", await _bob.ReadAsync());
    }

    [Fact]
    public async Task Telnet_in_character_mode_gets_an_editor_and_keeps_what_is_half_typed()
    {
        using Terminal alice = await JoinAsync("telnet");
        await alice.PressAsync("\u001d");
        await alice.SeeAsync("telnet>");
        await alice.PressAsync("mode character\n");

        // What is typed before both have agreed on the mode is still shown by the client.
        await alice.PressAsync("/w\r");
        await alice.SeeAsync("Online users: bob");
        await alice.PressAsync("helo wor");
        await alice.SeeAsync("helo wor");
        await _bob.TypeAsync("are you there?");
        await alice.SeeAsync("are you there?");
        await Wait.UntilAsync(() => LinesOf(alice)[^2..] is ["#lobby bob are you there?", "helo wor"], "what was typed stands below: " + alice.Screen);
        await alice.PressAsync("ld\u001b[H\u001b[C\u001b[C\u001b[Cl\r");

        Assert.Equal("#lobby alice hello world", await _bob.ReadAsync());
        await alice.PressAsync("/w bob\t\u0015\u001b[A\r");
        Assert.Equal("#lobby alice hello world", await _bob.ReadAsync());
        await Wait.UntilAsync(() => LinesOf(alice)[^3..] is ["#lobby bob are you there?", "hello world", "hello world"], "both lines: " + alice.Screen);
    }

    [Fact]
    public async Task Telnet_in_line_mode_gets_the_editor_when_it_is_asked_for()
    {
        using Terminal alice = await JoinAsync("telnet");
        await alice.TypeAsync("/editor on", "The line editor is on");
        await alice.PressAsync("tset\u001b[D\u001b[D\u001b[D\u007f\u0005\b\b\b\btest\r");
        Assert.Equal("#lobby alice test", await _bob.ReadAsync());
        await alice.PressAsync("/editor off\r");
        await alice.SeeAsync("The line editor is off.");
        await alice.PressAsync("line by line\n");

        Assert.Equal("#lobby alice line by line", await _bob.ReadAsync());
    }

    [Fact]
    public async Task A_telnet_client_that_asks_are_you_there_is_answered()
    {
        using Terminal alice = await JoinAsync("telnet");
        await alice.PressAsync("\u001d");
        await alice.SeeAsync("telnet>");
        await alice.PressAsync("send ayt\n");

        await alice.SeeAsync("Yes, the chat is here.");
    }

    private async Task<Terminal> JoinAsync(string program, string end = "\n")
    {
        Terminal terminal = new($"{program} 127.0.0.1 {_server.Port}");
        await terminal.SeeAsync("Welcome!");
        await terminal.PressAsync("nick alice" + end);
        await terminal.SeeAsync("You are now known as alice");
        await terminal.PressAsync("join lobby" + end);
        await terminal.SeeAsync("You are in #lobby (2 people)");
        Assert.Equal("#lobby + alice joined", await _bob.ReadAsync());
        return terminal;
    }

    // What stands on the screen, without the times.
    private static string[] LinesOf(Terminal terminal)
    {
        ScreenEmulator screen = new(80, rows: 60);
        screen.Write(Encoding.UTF8.GetBytes(terminal.Written));
        return [.. screen.Lines.Select(line => line.StartsWith("[2", StringComparison.Ordinal) ? line[27..] : line)];
    }
}
