using System.Text;
using System.Text.RegularExpressions;
using AotChat.Chat;
using AotChat.Commands;
using AotChat.Protocols.Terminal;
using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Commands;

/// <summary>Finding one's way among the commands. A command that somebody adds breaks none of this.</summary>
public sealed partial class HelpSpecs
{
    private const int Rows = 24;
    private const int Columns = 80 - LineStamp.Length;

    private static readonly string[] ForEveryone = [.. CommandCategory.InOrder.Where(category => category != CommandCategory.Operators)];

    private readonly SimulatedChat _chat = new();

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public void Help_lists_every_command_once_with_its_category_and_each_line_fits(string slash)
    {
        SimulatedClient client = Connect(slash);
        string[] lines = client.Type(slash + "help").ReadTexts();

        Assert.Equal(
            ["Commands begin with / in a room; the rest is said.", $"Help on one: {slash}help NAME, on a category: {slash}help Talking"], lines[^2..]);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, Columns));
        List<(string Category, string Name)> listed = [];
        string category = "";
        foreach (string line in lines[..^2])
        {
            category = line.StartsWith("  ", StringComparison.Ordinal) ? category : line[..^1];
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                string word = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
                Assert.StartsWith(slash, word, StringComparison.Ordinal);
                listed.Add((category, word[slash.Length..]));
            }
        }

        Assert.Equal(CommandDispatcher.All.ToArray().Where(command => command.Level == UserLevel.Everyone).Select(command => (command.Category, command.Name)).Order(), listed.Order());
        Assert.Equal(ForEveryone, listed.Select(one => one.Category).Distinct().Take(ForEveryone.Length));
    }

    [Fact]
    public void Each_category_of_the_servers_own_fits_a_screen() => Assert.All(CommandCategory.InOrder, category =>
    {
        string[] lines = _chat.Connect(peer: PeerAddress.FromLocalUser(0, isHost: true)).Type("help " + category).ReadTexts();

        Assert.InRange(lines.Length, 2, Rows);
        Assert.Contains(category + ":", lines);
    });

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public void The_summaries_of_the_servers_own_commands_are_shown_without_a_cut(string slash)
    {
        string[] lines = Connect(slash).Type(slash + "help").ReadTexts();

        Assert.All(InReadme(), name =>
        {
            string line = Assert.Single(lines, line => line.StartsWith($"  {slash}{name} ", StringComparison.Ordinal));
            Assert.False(line.EndsWith('…'), line);
        });
    }

    [Fact]
    public void The_servers_own_commands_have_an_example_that_calls_them_and_a_category_that_help_knows() => Assert.All(InReadme(), name =>
    {
        CommandInfo command = Assert.Single(CommandDispatcher.All.ToArray(), command => command.Name == name);
        Assert.Equal(command.Name, command.Example?.Split(' ')[0]);
        Assert.Contains(command.Category, CommandCategory.InOrder);
    });

    [Fact]
    public void The_summaries_of_operators_commands_are_shown_without_a_cut() => Assert.All(
        _chat.Connect(peer: PeerAddress.FromLocalUser(0, isHost: true)).Type("help operators").ReadTexts(), line => Assert.False(line.EndsWith('…'), line));

    [Theory]
    [InlineData("help people")]
    [InlineData("HELP PEOPLE")]
    [InlineData("? People ")]
    [InlineData("commands pEOPLE")]
    public void Help_lists_one_category_named_in_any_case(string line)
    {
        string[] lines = _chat.Connect().Type(line).ReadTexts();

        Assert.Equal("People:", lines[0]);
        Assert.Contains("  nick       Changes your name to NAME", lines);
        Assert.All(lines[1..], row => Assert.StartsWith("  ", row, StringComparison.Ordinal));
    }

    [Fact]
    public void Help_explains_one_command_with_an_example_and_all_its_names()
    {
        string[] expected =
        [
            "msg USER TEXT",
            "Sends TEXT to USER only. USER can be several names separated by commas, or #ROOM for everyone in that room.",
            "Example: msg u1001,u1002 hello there",
            "Also: m, tell, whisper, query, pm, dm, privmsg",
        ];

        Assert.All(["MSG", "/msg", "m", "/Whisper"], name => Assert.Equal(expected, _chat.Connect().Type("help " + name).ReadTexts()));
    }

    [Fact]
    public void Help_shows_the_slash_to_one_in_a_room() => Assert.Equal(
        ["/quit [TEXT]", "Leaves the chat. People in your rooms see TEXT.", "Example: /quit see you tomorrow", "Also: /exit, /bye, /:q"],
        Connect("/").Type("/help :q").ReadTexts());

    [Fact]
    public void A_word_that_is_a_command_and_a_category_is_explained_and_listed()
    {
        string[] lines = _chat.Connect().Type("help jobs").ReadTexts();

        Assert.Equal("jobs", lines[0]);
        Assert.Contains("Jobs:", lines);
        Assert.Contains(lines, line => line.StartsWith("  fib ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("help #", "Unknown command: #")]
    [InlineData("help /", "Unknown command: /")]
    [InlineData("help nonsense", "Unknown command: nonsense")]
    [InlineData("help stat", "Unknown command: stat. Did you mean stats?")]
    [InlineData("help msg u1000", "Invalid help parameters: too many words. Usage: help [NAME]")]
    public void A_word_without_help_is_answered_so(string line, string answer) =>
        Assert.Equal(answer, _chat.Connect().Type(line).ReadTexts()[0]);

    [Theory]
    [InlineData("Rolls a die", 11, "Rolls a die")]
    [InlineData("Rolls a die", 10, "Rolls a…")]
    [InlineData("Rolls a die, twice", 13, "Rolls a die…")]
    [InlineData("Rolls", 3, "Ro…")]
    [InlineData("Rolls", 1, "…")]
    [InlineData("würfelt für dich", 13, "würfelt für…")]
    public void A_longer_text_is_cut_at_a_word(string text, int room, string shown) => Assert.Equal(shown, CommandListing.Cut(text, room));

    [Fact]
    public void Any_text_is_cut_to_the_room_there_is()
    {
        Random random = new(1);
        string[] pieces = [" ", "a", "word", "ü", "漢", "😀", ", ", ". ", "longerword"];
        for (int i = 0; i < 20_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => pieces[random.Next(pieces.Length)]));
            int room = random.Next(1, 40);
            string shown = CommandListing.Cut(text, room);

            Assert.InRange(shown.EnumerateRunes().Count(), 0, room);
            Assert.True(shown == text || (shown.EndsWith('…') && text.StartsWith(shown[..^1], StringComparison.Ordinal)), $"{text} as {shown}");
        }
    }

    private SimulatedClient Connect(string slash)
    {
        SimulatedClient client = _chat.Connect();
        if (slash.Length > 0)
        {
            client.Type("join lobby").ReadTexts();
        }

        return client;
    }

    // The table there has all that the server comes with, and nothing that somebody adds.
    private static string[] InReadme()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "AotChat.sln")))
        {
            folder = folder.Parent;
        }

        string readme = File.ReadAllText(Path.Combine(folder.FullName, "README.md"), Encoding.UTF8).ReplaceLineEndings("\n");
        int start = readme.IndexOf("\n## Commands\n", StringComparison.Ordinal);
        string section = readme[start..readme.IndexOf("\n## ", start + 1, StringComparison.Ordinal)];
        string[] names = [.. Row().Matches(section).SelectMany(row => Name().Matches(row.Value)).Select(name => name.Groups[1].Value).Distinct()];
        Assert.InRange(names.Length, 30, 100);
        return names;
    }

    [GeneratedRegex(@"(?m)^\| `[^|]*(?:\\\|[^|]*)*\|")]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z-]+)")]
    private static partial Regex Name();
}
