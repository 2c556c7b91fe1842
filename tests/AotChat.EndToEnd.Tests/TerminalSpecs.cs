using System.Text.RegularExpressions;

namespace AotChat.EndToEnd.Tests;

/// <summary>The programs that people really use, on a pseudo-terminal.</summary>
public sealed partial class TerminalSpecs
{
    [Theory]
    [InlineData("nc")]
    [InlineData("telnet")]
    public async Task People_talk_in_a_room_with_nothing_installed(string program)
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        using Terminal terminal = Open(program, server);
        await terminal.SeeAsync("Welcome! Your username is u1000\n");
        using Client bob = await server.ConnectAsync();
        Assert.StartsWith("You are in #lobby (1 person)", await bob.AskAsync("join lobby"), StringComparison.Ordinal);

        await terminal.TypeAsync("nick alice", "You are now known as alice\n");
        await terminal.TypeAsync("join lobby", "You are in #lobby (2 people)");
        Assert.Equal("#lobby + alice joined", await bob.ReadAsync());
        await terminal.PressAsync("grüße, 漢字\n");
        Assert.Equal("#lobby alice grüße, 漢字", await bob.ReadAsync());
        await bob.TypeAsync("hi \u001b[31malice");
        await terminal.SeeAsync("#lobby bob hi alice\n".Replace("bob", bob.Name, StringComparison.Ordinal));
        await terminal.PressAsync("/quit bye\n");

        Assert.Equal("#lobby - alice quit: bye", await bob.ReadAsync());
        Assert.All(terminal.Screen.Where(char.IsControl), control => Assert.Equal('\n', control));
    }

    [Fact]
    public async Task Telnet_ends_with_its_own_interrupt()
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        using Terminal terminal = Open("telnet", server);
        await terminal.SeeAsync("Welcome! Your username is u1000\n");

        // The escape character, and the command that sends IAC IP.
        await terminal.PressAsync("\u001d");
        await terminal.SeeAsync("telnet>");
        await terminal.PressAsync("send ip\n");

        await terminal.SeeAsync("Connection closed by foreign host.\n");
        await Wait.UntilAsync(() => terminal.HasEnded, "telnet has ended");
    }

    [Fact]
    public async Task Only_users_who_ask_get_colours_and_only_the_server_makes_them()
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        using Terminal terminal = Open("nc", server);
        await terminal.SeeAsync("Welcome!");
        using Client bob = await server.ConnectAsync();
        await terminal.TypeAsync("color on", "Names are now shown in color.\n");
        await terminal.TypeAsync("time off", "Times are no longer shown.\n");
        await bob.TypeAsync("broadcast hello");
        await terminal.SeeAsync(" hello\n");

        Assert.Matches(@"\n\x1b\[\d\dmu1001\x1b\[0m hello\n", terminal.Screen);
    }

    [Fact]
    public async Task The_sessions_in_the_readme_are_what_a_user_really_sees()
    {
        string[] sessions = [.. Sessions().Matches(File.ReadAllText(Path.Combine(Executable.SolutionFolder, "README.md"))).Select(match => match.Value)];
        await using Server first = await Server.StartAsync("--workers", "1");
        await using Server second = await Server.StartAsync("--workers", "1");

        string[] real = [.. await PlaySeedAsync(first), .. await PlayRoomsAsync(second)];
        Assert.True(
            real.Select(Shown).SequenceEqual(sessions.Select(Shown)),
            "The README is to show these sessions:\n\n" + string.Join('\n', real).Replace("\n", "\n    ", StringComparison.Ordinal));
    }

    private static async Task<string[]> PlaySeedAsync(Server server)
    {
        using Terminal alice = Open("nc", server);
        await alice.SeeAsync("u1000\n");
        using Terminal bob = Open("nc", server);
        await bob.SeeAsync("u1001\n");
        await alice.TypeAsync("w", "Online users: u1001\n");
        await alice.TypeAsync("msg u1001 hello there", "Message is delivered to u1001\n");
        await alice.TypeAsync("fib u1001 50", "Fib result is delivered to u1001\n");
        await bob.SeeAsync("fib(50) = 12586269025\n");
        return [alice.Screen, bob.Screen];
    }

    private static async Task<string[]> PlayRoomsAsync(Server server)
    {
        using Terminal alice = Open("nc", server);
        await alice.SeeAsync("u1000\n");
        await alice.TypeAsync("nick alice", "known as alice\n");
        await alice.TypeAsync("join lobby", "begin with /.\n");
        await alice.PressAsync("Lunch at one?\n");
        await alice.TypeAsync("/rooms", "#lobby (1 person)\n");
        using Terminal bob = Open("nc", server);
        await bob.SeeAsync("u1001\n");
        await bob.TypeAsync("nick bob", "known as bob\n");
        await bob.TypeAsync("join lobby", "Lunch at one?\n");
        await alice.SeeAsync("bob joined\n");
        await bob.PressAsync("Gladly.\n");
        await alice.SeeAsync("Gladly.\n");
        await alice.TypeAsync("msg bob It is my birthday", "/say lobby …\n");
        await alice.TypeAsync("/msg bob It is my birthday", "Message is delivered to bob\n");
        await bob.SeeAsync("birthday\n");
        return [alice.Screen, bob.Screen];
    }

    private static Terminal Open(string program, Server server) => new($"{program} 127.0.0.1 {server.Port}");

    // Without the indentation of the README, and with one time for all.
    private static string Shown(string session) =>
        Stamp().Replace(string.Join('\n', session.Trim('\n').Split('\n').Select(line => line.Trim())), "[time]");

    [GeneratedRegex(@"(?m)^    \[\d{8} [\d:.]+\] Welcome! .*\n(?:    .*\n)*")]
    private static partial Regex Sessions();

    [GeneratedRegex(@"\[\d{8} [\d:.]+\]")]
    private static partial Regex Stamp();
}
