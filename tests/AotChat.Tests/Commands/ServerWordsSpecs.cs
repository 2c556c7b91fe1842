using System.Text;
using System.Text.RegularExpressions;
using AotChat.Chat;
using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Text;

namespace AotChat.Tests.Commands;

/// <summary>Nobody has a name that begins a line of the server's.</summary>
public sealed partial class ServerWordsSpecs
{
    private readonly ReservedNames _reserved = ServerWords.Reserve([]);

    [Fact]
    public void Every_word_that_begins_a_line_in_the_sources_is_reserved()
    {
        string[] words = [.. Sources().SelectMany(source => FirstWords().Matches(source)).Select(match => match.Groups[1].Value).Distinct()];

        Assert.Contains("Welcome", words);
        Assert.Contains("Online", words);
        Assert.Contains("Message", words);
        Assert.Contains("Server", words);
        Assert.All(words, word => Assert.True(IsReserved(word), $"{word} begins a line of the server's: add it to ServerWords."));
    }

    [Fact]
    public void Only_words_that_begin_a_line_are_listed()
    {
        string all = string.Concat(Sources());

        // What is not found at a place that says what it does is in a line that is made piece by piece.
        Assert.All(ServerWords.All, word => Assert.Contains($"\"{word}", all, StringComparison.Ordinal));
    }

    [Fact]
    public void Commands_and_their_help_are_reserved() => Assert.All(CommandDispatcher.All.ToArray(), command =>
    {
        Assert.True(IsReserved(command.Name));

        // Nobody can be called "?" anyway, nor what a summary may begin with that is no name.
        IEnumerable<string> words = [.. command.Aliases, FirstName().Match(command.Summary).Value];
        Assert.All(words.Where(word => NameRules.IsWellFormed(Encoding.ASCII.GetBytes(word))), word => Assert.True(IsReserved(word), word));
    });

    [Fact]
    public void The_message_of_the_day_is_reserved_too()
    {
        SimulatedChat chat = new(new ChatOptions { MessageOfTheDay = ["Rules: be kind.", "", "  - and brief", "\u001b[31mRed"] });
        SimulatedClient client = chat.Connect(readWelcome: false);

        Assert.Equal(["Welcome! Your username is u1000", "Rules: be kind.", "", "  - and brief", "[31mRed"], client.ReadTexts());
        Assert.Equal(["Name is reserved: Ru1es"], client.Type("nick Ru1es").ReadTexts());
    }

    // It could be said, byte for byte, by whoever has the name.
    [Fact]
    public void No_line_in_the_sources_begins_with_a_name_or_with_what_somebody_has_typed()
    {
        string[] holes = [.. Sources().SelectMany(source => FirstHoles().Matches(source)).Select(match => match.Groups[1].Value).Distinct()];

        // A slash; a line that is passed on whole; what the house says about its commands; a choice of two beginnings.
        string[] known = ["line", "problem", "Cut(category, Columns - 1)", "name", "context.Slash", "command.Summary", "(wasIgnored ? \"You no longer ignore\" : \"You do not ignore\")"];
        Assert.Empty(holes.Except(known));
        Assert.Contains("context.Slash", holes);
    }

    private bool IsReserved(string word) => _reserved.Contains(LookAlikes.Fold(Encoding.ASCII.GetBytes(word)));

    private static IEnumerable<string> Sources()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "AotChat.sln")))
        {
            folder = folder.Parent;
        }

        return Directory.EnumerateFiles(Path.Combine(folder.FullName, "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText);
    }

    [GeneratedRegex(@"^[A-Za-z][\w.-]*", RegexOptions.ECMAScript)]
    private static partial Regex FirstName();

    [GeneratedRegex("""(?:\bReply\(|\bTryTell\(\w+, |\bTellRoom\(\w+, |\bTellEveryone\()\$"\{([^}]*)\}|BeginLine\(\);\s+line\.(AppendName|AppendText)""")]
    private static partial Regex FirstHoles();

    // Where a line begins: the text of Reply, TryTell and Refuse, of an attribute's Invalid, of a list's label, and the
    // first piece after BeginLine.
    [GeneratedRegex("""(?:\bReply\(|\bTryTell\(\w+, |\bTellRoom\(\w+, |\bTellEveryone\(|\bRefuse\(\w+, |\bInvalid = |new\(context, |BeginLine\(\);\s+line\.AppendLiteral\()\$?"([A-Za-z][\w-]*)""")]
    private static partial Regex FirstWords();
}
