using System.Globalization;
using System.Text;
using AotChat.Chat;
using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Protocols.Terminal;
using AotChat.Tests.Chat;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>What TAB completes.</summary>
public sealed class ChatCompletionSpecs
{
    private readonly ChatState _chat = new(new ChatOptions(), new FakeTimeProvider(), new ReservedNames(), new NoStore());
    private readonly User _me;
    private readonly EditorTerminal _terminal;

    public ChatCompletionSpecs()
    {
        _me = Enter("me");
        _chat.Rooms.Join(Enter("alice"), "Lobby"u8, out _);
        _chat.Rooms.Join(Enter("alina"), "lounge"u8, out _);
        Enter("Bob");
        _terminal = new EditorTerminal(completion: new ChatCompletion(_chat, _me.Sessions[0]));
    }

    [Theory]
    [InlineData("hel", "help ")]
    [InlineData("/hel", "/help ")]
    [InlineData("HEL", "help ")]
    [InlineData("  br", "  broadcast ")]
    [InlineData("colou", "colour ")]
    [InlineData("whois b", "whois Bob ")]
    [InlineData("/whois bo", "/whois Bob ")]
    [InlineData("msg bob,alin", "msg bob,alina ")]
    [InlineData("msg @bo", "msg @Bob ")]
    [InlineData("join lob", "join Lobby ")]
    [InlineData("/join #LOU", "/join #lounge ")]
    [InlineData("w lob", "w Lobby ")]
    [InlineData("history lou", "history lounge ")]
    [InlineData("help bro", "help broadcast ")]
    [InlineData("help /bro", "help /bro")]
    [InlineData("msg bob ask alin", "msg bob ask alina ")]
    [InlineData("msg bob see #lou", "msg bob see #lounge ")]
    [InlineData("whois al", "whois ali")]
    [InlineData("whois m", "whois m")]
    [InlineData("nosuch", "nosuch")]
    [InlineData("whois bó", "whois bó")]
    public void In_no_room_a_word_becomes_what_the_command_asks_for(string typed, string completed) =>
        Assert.Equal([completed + "|"], _terminal.Type(typed + "\t").Sees);

    [Theory]
    [InlineData("bo", "Bob: ")]
    [InlineData("@bo", "@Bob ")]
    [InlineData("hel", "hel")]
    [InlineData("/hel", "/help ")]
    [InlineData("hello bo", "hello Bob ")]
    [InlineData("join bo", "join Bob ")]
    [InlineData("/join lou", "/join lounge ")]
    [InlineData("see #lou", "see #lounge ")]
    public void In_a_room_plain_words_become_names(string typed, string completed)
    {
        _chat.Rooms.Join(_me, "den"u8, out _);

        Assert.Equal([completed + "|"], _terminal.Type(typed + "\t").Sees);
    }

    [Fact]
    public void A_word_in_the_middle_is_completed_without_a_second_space() =>
        Assert.Equal(["whois Bob| please"], _terminal.Type("whois bo please\e[1;5D\e[D\t").Sees);

    [Fact]
    public void A_second_tab_lists_what_there_is_to_choose_from_above_the_line()
    {
        Assert.Equal(["whois ali|"], _terminal.Type("whois al\t").Sees);
        Assert.Equal(["alice  alina", "whois ali|"], _terminal.Type("\t").Sees);
        Assert.Equal(["alice  alina", "whois alin|"], _terminal.Type("n").Sees);
        Assert.Equal(["alice  alina", "whois alina |"], _terminal.Type("\t").Sees);
        Assert.Equal(["whois alina "], _terminal.Type("\n").Lines);
    }

    [Fact]
    public void A_long_list_is_cut_off_and_says_how_much_is_missing()
    {
        for (int i = 0; i < 100; i++)
        {
            Enter(string.Create(CultureInfo.InvariantCulture, $"guest{i}"));
        }

        string[] lines = _terminal.Type("whois g\t\t").Sees;

        Assert.Equal("whois guest|", lines[^1]);
        Assert.EndsWith("... and 50 more", lines[^2], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 79));
        Assert.Equal(50, lines[..^1].SelectMany(line => line.Split(' ')).Count(word => word.StartsWith("guest", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_word_that_would_not_fit_into_the_line_is_not_completed()
    {
        EditorTerminal terminal = new(maxLineBytes: 9, completion: new ChatCompletion(_chat, _me.Sessions[0]));

        Assert.Equal(["whois bo|"], terminal.Type("whois bo\t").Sees);
        Assert.Equal(1, terminal.Screen.Bells);
    }

    [Fact]
    public void Too_many_candidates_complete_nothing_wrongly()
    {
        CandidateList candidates = new();
        candidates.Begin("g"u8, 0, default);
        for (int i = 0; i < ChatOptions.CompletionsCompared; i++)
        {
            candidates.Offer("guest"u8);
        }

        candidates.Offer("garlic"u8);
        Assert.True(candidates.IsFull);
        Assert.Equal("g", Encoding.UTF8.GetString(candidates.Common));
        Assert.Equal(ChatOptions.CompletionsShown, candidates.Listed.Count);
    }

    [Fact]
    public void A_command_that_a_user_may_not_call_is_not_offered()
    {
        CandidateList candidates = new();
        new ChatCompletion(_chat, _me.Sessions[0]).Complete("/"u8, candidates);

        Assert.Equal(
            CommandDispatcher.All.ToArray().Count(command => command.Level <= _me.Level),
            candidates.Count);
    }

    private User Enter(string name)
    {
        User user = _chat.Enter(new QuietTerminal());
        _chat.Rename(user, Encoding.ASCII.GetBytes(name));
        return user;
    }
}
