namespace AotChat.Generators.Tests;

/// <summary>What generated code does with a line.</summary>
public sealed class BehaviourSpecs
{
    private static readonly Lazy<LoadedChat> Sample = new(() => LoadedChat.With("""
        /// <summary>Nothing but a word.</summary>
        [Command("ping")] internal static void Ping(CommandContext context) => context.Log.Add("pong");

        /// <summary>Sends TEXT to <paramref name="recipient"/>, as in <c>tell u1 hi</c>.</summary>
        [Command("tell")] internal static void Tell(CommandContext context, User recipient, [Rest] ReadOnlySpan<byte> text) =>
            context.Log.Add($"{recipient.Name}<{System.Text.Encoding.UTF8.GetString(text)}>");

        /// <summary>Counts, with a line of its own.</summary>
        [Command("count", Invalid = "Count \"what\"?")] internal static async ValueTask Count(CommandContext context, int from, int to = 10)
        {
            await Task.Yield();
            context.Log.Add($"{from}..{to}");
        }

        /// <summary>All optional.</summary>
        [Command("maybe")] internal static void Maybe(CommandContext context, User? who = null, int? n = null, string word = "none") =>
            context.Log.Add($"{who?.Name ?? "nobody"} {n?.ToString() ?? "null"} {word}");

        /// <summary>Optional without a default.</summary>
        [Command("perhaps")] internal static void Perhaps(CommandContext context, User? who, int? n, string? word) =>
            context.Log.Add($"{who?.Name ?? "nobody"} {n?.ToString() ?? "null"} {word ?? "none"}");

        /// <summary>Opens.</summary>
        [Command("open-url")] internal static void Open(CommandContext context, Uri url, [Rest] string? note = null) =>
            context.Log.Add($"{url.Host} {note ?? "-"}");

        /// <summary>Goes by several names.</summary>
        [Command("several", Aliases = new[] { "sev", "two-three" }, Category = "Tests", Usage = "several TIMES", Help = "Given.")]
        internal static void Several(CommandContext context, int n) => context.Log.Add($"{n} times");

        /// <summary>Asks.</summary>
        [Command("ask", Aliases = ["?", ":q", ":2-do"])]
        internal static void Ask(CommandContext context, string what = "all") => context.Log.Add($"asked for {what}");

        /// <summary>Not for all.</summary>
        [Command("stop"), Requires(UserLevel.Operator)]
        internal static void Stop(CommandContext context, int n) => context.Log.Add("stopped");

        /// <summary>For all after all.</summary>
        [Command("go"), Requires(UserLevel.Everyone)]
        internal static void Go(CommandContext context) => context.Log.Add("gone");

        /// <summary>Raises the caller.</summary>
        [Command("rise")]
        internal static void Rise(CommandContext context, int level) => context.User.Level = (UserLevel)level;

        /// <summary>Names that collide with generated ones.</summary>
        [Command("clash")] internal static void Clash(CommandContext context, int arguments, string @class) =>
            context.Log.Add($"{arguments} {@class}");
        """));

    [Fact]
    public void A_private_command_that_awaits_is_known_by_its_name_alone()
    {
        LoadedChat chat = LoadedChat.With("""
            /// <summary>Takes a secret.</summary>
            [Command("keep", Example = "keep this", IsPrivate = true)]
            internal static async ValueTask Keep(CommandContext context, [Rest] string text)
            {
                await Task.Yield();
                context.Log.Add(text);
            }
            """);

        Assert.Equal(["private: keep", "hunter2 and more"], chat.Run("KEEP hunter2 and more"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("abcdefghijklmnopqrstuvwx")]
    [InlineData("a-------------------2-3-")]
    public void A_name_of_up_to_24_letters_is_a_command(string name)
    {
        LoadedChat chat = LoadedChat.With($$"""
            /// <summary>Says it.</summary>
            [Command("{{name}}")] internal static void Say(CommandContext context) => context.Log.Add("said");
            """);

        Assert.InRange(name.Length, 1, 24);
        Assert.Equal(["said"], chat.Run(name));
    }

    [Theory]
    [InlineData("abcdefghijklmnopqrstuvwx")]
    [InlineData(":abcdefghijklmnopqrstuvw")]
    [InlineData(":1")]
    public void An_alias_of_up_to_24_characters_calls_the_command(string alias)
    {
        LoadedChat chat = LoadedChat.With($$"""
            /// <summary>Says it.</summary>
            [Command("say", Aliases = ["{{alias}}"])] internal static void Say(CommandContext context) => context.Log.Add("said");
            """);

        Assert.InRange(alias.Length, 1, 24);
        Assert.Equal(["said"], chat.Run(alias));
    }

    [Fact]
    public void Hundreds_of_commands_are_told_apart()
    {
        string[] names = [.. Enumerable.Range(0, 150).Select(i => new string((char)('a' + (i % 26)), 1 + (i / 26)))];
        LoadedChat chat = LoadedChat.With(string.Concat(names.Select(name => $$"""

            /// <summary>One of many.</summary>
            [Command("{{name}}")] internal static void Many{{name}}(CommandContext context) => context.Log.Add("{{name}}");
            """)));

        Assert.Equal(names, chat.Run(names));
    }

    [Theory]
    [InlineData("ping", "pong")]
    [InlineData("PiNg", "pong")]
    [InlineData("  ping  ", "pong")]
    [InlineData("ping me", "Invalid ping parameters: too many words. Usage: ping")]
    [InlineData("pin", "unknown: pin")]
    [InlineData("pingg", "unknown: pingg")]
    [InlineData("tell u1 hello  there ", "u1<hello  there >")]
    [InlineData("tell u1  two spaces", "u1< two spaces>")]
    [InlineData("tell u1", "Invalid tell parameters: TEXT is missing. Usage: tell USER TEXT")]
    [InlineData("tell u1 ", "Invalid tell parameters: TEXT is missing. Usage: tell USER TEXT")]
    [InlineData("tell", "Invalid tell parameters: USER is missing. Usage: tell USER TEXT")]
    [InlineData("tell bob hi", "not found: bob")]
    [InlineData("tell bob", "Invalid tell parameters: TEXT is missing. Usage: tell USER TEXT")]
    [InlineData("count 1", "1..10")]
    [InlineData("count 1 2", "1..2")]
    [InlineData("count -1 +2", "-1..2")]
    [InlineData("count 1 x", "Count \"what\"?")]
    [InlineData("count x", "Count \"what\"?")]
    [InlineData("count 1 2 3", "Count \"what\"?")]
    [InlineData("count 99999999999", "Count \"what\"?")]
    [InlineData("count", "Count \"what\"?")]
    [InlineData("maybe", "nobody null none")]
    [InlineData("maybe u7", "u7 null none")]
    [InlineData("maybe u7 5", "u7 5 none")]
    [InlineData("maybe u7 5 w", "u7 5 w")]
    [InlineData("maybe bob", "not found: bob")]
    [InlineData("perhaps", "nobody null none")]
    [InlineData("perhaps u7 5 w", "u7 5 w")]
    [InlineData("open-url http://host/x", "host -")]
    [InlineData("OPEN-URL http://host/x a note", "host a note")]
    [InlineData("open-url nonsense", "Invalid open-url parameters: URL must be a URL such as http://host/path. Usage: open-url URL [NOTE]")]
    [InlineData("clash 1 a", "1 a")]
    [InlineData("several 2", "2 times")]
    [InlineData("SEV 2", "2 times")]
    [InlineData("two-three 2", "2 times")]
    [InlineData("sev x", "Invalid several parameters: TIMES must be a whole number up to 2147483647. Usage: several TIMES")]
    [InlineData("sev", "Invalid several parameters: TIMES is missing. Usage: several TIMES")]
    [InlineData("?", "asked for all")]
    [InlineData("? it", "asked for it")]
    [InlineData(":q", "asked for all")]
    [InlineData(":Q", "asked for all")]
    [InlineData(":2-do it", "asked for it")]
    [InlineData(":", "unknown: :")]
    [InlineData("??", "unknown: ??")]
    [InlineData("\u001f", "unknown: \u001f")]
    [InlineData("\u001aq", "unknown: \u001aq")]
    [InlineData("stop", "not allowed: Operator")]
    [InlineData("go", "gone")]
    public void A_line_is_split_read_and_run(string line, string expected) => Assert.Equal([expected], Sample.Value.Run(line));

    [Theory]
    [InlineData("")]
    [InlineData(" \t ")]
    public void An_empty_line_does_nothing(string line) => Assert.Empty(Sample.Value.Run(line));

    [Fact]
    public void A_user_with_the_level_that_a_command_requires_may_call_it()
    {
        Assert.Equal(["not allowed: Operator"], Sample.Value.Run("rise 1", "stop 1"));
        Assert.Equal(["stopped"], Sample.Value.Run("rise 2", "stop 1"));
    }

    [Fact]
    public void The_table_says_what_the_attributes_say()
    {
        string[] facts = Sample.Value.Table("Facts");

        Assert.Contains("several, sev, two-three: Tests, Everyone", facts);
        Assert.Contains("stop: General, Operator", facts);
    }

    [Fact]
    public void Help_is_in_order_with_usage_and_plain_summary() => Assert.Equal(
        [
            "ask [WHAT] | Asks.",
            "clash ARGUMENTS CLASS | Names that collide with generated ones.",
            "count FROM [TO] | Counts, with a line of its own.",
            "go | For all after all.",
            "maybe [USER] [N] [WORD] | All optional.",
            "open-url URL [NOTE] | Opens.",
            "perhaps [USER] [N] [WORD] | Optional without a default.",
            "ping | Nothing but a word.",
            "rise LEVEL | Raises the caller.",
            "several TIMES | Given.",
            "stop N | Not for all.",
            "tell USER TEXT | Sends TEXT to RECIPIENT, as in tell u1 hi.",
        ],
        Sample.Value.Table("Usages"));

    [Fact]
    public void Five_hundred_commands_are_each_found()
    {
        string[] names = [.. Enumerable.Range(0, 500).Select(i => $"{(char)('a' + (i % 26))}{(char)('a' + (i / 26 % 26))}x{i}")];
        LoadedChat chat = LoadedChat.With(string.Concat(names.Select((name, i) => $$"""
            /// <summary>{{i}}.</summary>
            [Command("{{name}}")] internal static void C{{i}}(CommandContext context) => context.Log.Add("{{name}}");

            """)));

        Assert.All(names, name => Assert.Equal([name], chat.Run(name.ToUpperInvariant())));
    }

    [Fact]
    public void The_table_says_what_is_an_example_and_what_is_private()
    {
        string table = Project.Create(Project.Commands("""
            /// <summary>Sends.</summary>
            [Command("send", Example = "send u1 hi", IsPrivate = true)]
            internal static void Send(CommandContext context, User user, string subject, [Rest] string text = "") { }
            """)).Generated("CommandDispatcher.g.cs");

        Assert.Contains("{ Example = \"send u1 hi\", IsPrivate = true, RequiredWords = 2 }", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_commands_and_jobs_the_tables_are_empty_and_compile()
    {
        Project project = Project.Create();

        Assert.Empty(project.CompilerDiagnostics());
        Assert.Equal(["unknown: w"], new LoadedChat(project.Load()).Run("w"));
    }

    [Fact]
    public void Generated_code_compiles_without_a_warning() => Assert.Empty(Project.Create(Project.Commands("""
        /// <summary>Fetches "it" \ é.</summary>
        [Command("get", Invalid = "é \"quoted\" \\")] internal static void Get(CommandContext context, Uri url, int n = -1, string? s = "a\"b") { }
        [Job] internal static Uri Next(Uri url) => url;
        """)).CompilerDiagnostics());

    [Fact]
    public void Parameters_named_like_what_is_generated_do_not_collide()
    {
        Project project = Project.Create(Project.Commands("""
            /// <summary>Locals.</summary>
            [Command("local")] internal static void Local(
                CommandContext context, string name, string nameWord, int? line = null, int? lineValue = null, string? argumentsArgument = null, string? arguments = null) =>
                context.Log.Add($"{name} {nameWord} {line} {lineValue} {argumentsArgument} {arguments}");
            /// <summary>A discard.</summary>
            [Command("blank")] internal static void Blank(CommandContext context, ReadOnlySpan<byte> _) => context.Log.Add($"{_.Length}");
            [Job] internal static int Add(int result, int resultArgument, int jobs) => result + resultArgument + jobs;
            """));

        Assert.Empty(project.CompilerDiagnostics());
        LoadedChat chat = new(project.Load());
        Assert.Equal(["a b 1 2 c d"], chat.Run("local a b 1 2 c d"));
        Assert.Equal(["5"], chat.Run("blank bytes"));
    }

    [Fact]
    public void A_default_that_is_null_in_spite_of_its_type_compiles() => Assert.Empty(Project.Create(Project.Commands("""
        /// <summary>Nothing.</summary>
        [Command("null")] internal static void Null(CommandContext context, User user = null!, string text = null!) { }
        """)).CompilerDiagnostics());
}
