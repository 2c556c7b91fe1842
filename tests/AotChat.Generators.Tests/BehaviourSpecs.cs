using System.Reflection;
using System.Text;

namespace AotChat.Generators.Tests;

/// <summary>What generated code does with a line.</summary>
public sealed class BehaviourSpecs
{
    private static readonly Lazy<Assembly> Sample = new(() => Project.Create(Project.Commands("""
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

        /// <summary>Opens.</summary>
        [Command("open-url")] internal static void Open(CommandContext context, Uri url, [Rest] string? note = null) =>
            context.Log.Add($"{url.Host} {note ?? "-"}");

        /// <summary>Goes by several names.</summary>
        [Command("several", Aliases = new[] { "sev", "two-three" }, Category = "Tests", Usage = "several TIMES", Help = "Given.")]
        internal static void Several(CommandContext context, int n) => context.Log.Add($"{n} times");

        /// <summary>Not for all.</summary>
        [Command("stop"), Requires(UserLevel.Operator)]
        internal static void Stop(CommandContext context, int n) => context.Log.Add("stopped");

        /// <summary>Raises the caller.</summary>
        [Command("rise")]
        internal static void Rise(CommandContext context, int level) => context.User.Level = (UserLevel)level;

        /// <summary>Names that collide with generated ones.</summary>
        [Command("clash")] internal static void Clash(CommandContext context, int arguments, string @class) =>
            context.Log.Add($"{arguments} {@class}");
        """)).Load());

    [Theory]
    [InlineData("ping", "pong")]
    [InlineData("PiNg", "pong")]
    [InlineData("  ping  ", "pong")]
    [InlineData("ping me", "Invalid ping parameters. Usage: ping")]
    [InlineData("pin", "unknown: pin")]
    [InlineData("pingg", "unknown: pingg")]
    [InlineData("tell u1 hello  there ", "u1<hello  there >")]
    [InlineData("tell u1  two spaces", "u1< two spaces>")]
    [InlineData("tell u1", "Invalid tell parameters. Usage: tell USER TEXT")]
    [InlineData("tell u1 ", "Invalid tell parameters. Usage: tell USER TEXT")]
    [InlineData("tell", "Invalid tell parameters. Usage: tell USER TEXT")]
    [InlineData("tell bob hi", "not found: bob")]
    [InlineData("tell bob", "Invalid tell parameters. Usage: tell USER TEXT")]
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
    [InlineData("open-url http://host/x", "host -")]
    [InlineData("OPEN-URL http://host/x a note", "host a note")]
    [InlineData("open-url nonsense", "Invalid open-url parameters. Usage: open-url URL [NOTE]")]
    [InlineData("clash 1 a", "1 a")]
    [InlineData("several 2", "2 times")]
    [InlineData("SEV 2", "2 times")]
    [InlineData("two-three 2", "2 times")]
    [InlineData("sev x", "Invalid several parameters. Usage: several TIMES")]
    [InlineData("stop", "not allowed: Operator")]
    public void A_line_is_split_read_and_run(string line, string expected) => Assert.Equal([expected], Run(line));

    [Theory]
    [InlineData("")]
    [InlineData(" \t ")]
    public void An_empty_line_does_nothing(string line) => Assert.Empty(Run(line));

    [Fact]
    public void Who_has_the_level_that_a_command_requires_may_call_it()
    {
        Assert.Equal(["not allowed: Operator"], Run("rise 1", "stop 1"));
        Assert.Equal(["stopped"], Run("rise 2", "stop 1"));
    }

    [Fact]
    public void The_table_says_what_the_attributes_say()
    {
        object facts = Sample.Value.GetType("AotChat.Commands.Entry")!.GetMethod("Facts")!.Invoke(null, null)!;

        string[] all = Assert.IsType<string[]>(facts);
        Assert.Contains("several, sev, two-three: Tests, Everyone", all);
        Assert.Contains("stop: General, Operator", all);
    }

    [Fact]
    public void A_job_says_of_itself_what_its_attribute_says()
    {
        string table = Project.Create(Project.Commands("""
            [Job(Lane = JobLane.Io, IsIdempotent = false, TimeLimitSeconds = 5, MemoryLimitMiB = 64)] internal static int Ask() => 1;
            """)).Generated("JobTable.g.cs");

        Assert.Contains("""new("Ask", JobLane.Io, false, 5, 64),""", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_is_in_order_with_usage_and_plain_summary()
    {
        object usages = Sample.Value.GetType("AotChat.Commands.Entry")!.GetMethod("Usages")!.Invoke(null, null)!;

        Assert.Equal(
            [
                "clash ARGUMENTS CLASS | Names that collide with generated ones.",
                "count FROM [TO] | Counts, with a line of its own.",
                "maybe [USER] [N] [WORD] | All optional.",
                "open-url URL [NOTE] | Opens.",
                "ping | Nothing but a word.",
                "rise LEVEL | Raises the caller.",
                "several TIMES | Given.",
                "stop N | Not for all.",
                "tell USER TEXT | Sends TEXT to RECIPIENT, as in tell u1 hi.",
            ],
            Assert.IsType<string[]>(usages));
    }

    [Fact]
    public void Five_hundred_commands_are_each_found()
    {
        string[] names = [.. Enumerable.Range(0, 500).Select(i => $"{(char)('a' + (i % 26))}{(char)('a' + (i / 26 % 26))}x{i}")];
        Assembly assembly = Project.Create(Project.Commands(string.Concat(names.Select((name, i) => $$"""
            /// <summary>{{i}}.</summary>
            [Command("{{name}}")] internal static void C{{i}}(CommandContext context) => context.Log.Add("{{name}}");

            """)))).Load();

        Assert.All(names, name => Assert.Equal([name], Run(assembly, name.ToUpperInvariant())));
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
        Assert.Equal(["unknown: w"], Run(project.Load(), "w"));
    }

    [Fact]
    public async Task A_job_and_its_stub_understand_each_other()
    {
        Assembly assembly = Project.Create(Project.Commands("""
            [Job] internal static string Join(bool a, int b, long c, double d, string e, Uri f) => FormattableString.Invariant($"{a} {b} {c} {d} {e} {f}");

            [Job] internal static async Task<long> CountAsync(string text, CancellationToken token)
            {
                await Task.Yield();
                token.ThrowIfCancellationRequested();
                return text.Length;
            }

            public static async Task<string> Call()
            {
                AotChat.Workers.IJobRunner jobs = new AotChat.Workers.DirectRunner();
                return await AotChat.Workers.JobStubs.JoinAsync(jobs, true, -1, long.MaxValue, 0.5, "ä b", new Uri("http://h/"))
                    + " " + await AotChat.Workers.JobStubs.CountAsync(jobs, "four");
            }
            """)).Load();

        object call = assembly.GetType("Sample.Commands")!.GetMethod("Call")!.Invoke(null, null)!;

        Assert.Equal("True -1 9223372036854775807 0.5 ä b http://h/ 4", await (Task<string>)call);
    }

    [Fact]
    public async Task A_job_is_refused_that_does_not_exist_or_whose_arguments_are_of_another_length()
    {
        Assembly assembly = Project.Create(Project.Commands("""
            [Job] internal static int Half(int n) => n / 2;

            public static async Task<string> Call(int job, byte[] arguments)
            {
                try
                {
                    System.Buffers.ArrayBufferWriter<byte> result = new();
                    await AotChat.Workers.JobTable.RunAsync((ushort)job, arguments, result, CancellationToken.None);
                    return $"{AotChat.Workers.JobTable.NameOf((ushort)job)} of {AotChat.Workers.JobTable.Count}: {result.WrittenSpan[0]}";
                }
                catch (InvalidDataException)
                {
                    return "refused";
                }
            }
            """)).Load();
        MethodInfo call = assembly.GetType("Sample.Commands")!.GetMethod("Call")!;
        Task<string> Call(int job, params byte[] arguments) => (Task<string>)call.Invoke(null, [job, arguments])!;

        Assert.Equal("Half of 1: 4", await Call(0, 8, 0, 0, 0));
        Assert.Equal("refused", await Call(0, 8, 0, 0));
        Assert.Equal("refused", await Call(0, 8, 0, 0, 0, 0));
        Assert.Equal("refused", await Call(1, 8, 0, 0, 0));
    }

    [Fact]
    public void The_signature_of_the_jobs_changes_with_them()
    {
        string before = SignatureLine("[Job] internal static int Work(int n) => n;");

        Assert.Equal(before, SignatureLine("[Job] internal static int Work(int other) => other + 1;"));
        Assert.NotEqual(before, SignatureLine("[Job] internal static int Work(long n) => 1;"));
        Assert.NotEqual(before, SignatureLine("[Job] internal static int Play(int n) => n;"));
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
        Assembly assembly = project.Load();
        Assert.Equal(["a b 1 2 c d"], Run(assembly, "local a b 1 2 c d"));
        Assert.Equal(["5"], Run(assembly, "blank bytes"));
    }

    [Fact]
    public void A_default_that_is_null_in_spite_of_its_type_compiles() => Assert.Empty(Project.Create(Project.Commands("""
        /// <summary>Nothing.</summary>
        [Command("null")] internal static void Null(CommandContext context, User user = null!, string text = null!) { }
        """)).CompilerDiagnostics());

    private static string SignatureLine(string job) => Project.Create(Project.Commands(job)).Generated("JobTable.g.cs")
        .Split('\n').Single(line => line.Contains("Signature =", StringComparison.Ordinal));

    private static List<string> Run(params string[] lines) => Run(Sample.Value, lines);

    private static List<string> Run(Assembly assembly, params string[] lines)
    {
        Type contextType = assembly.GetType("AotChat.Commands.CommandContext")!;
        object context = Activator.CreateInstance(contextType)!;
        MethodInfo run = assembly.GetType("AotChat.Commands.Entry")!.GetMethod("Run")!;
        foreach (string line in lines)
        {
            run.Invoke(null, [context, Encoding.UTF8.GetBytes(line)]);
        }

        return (List<string>)contextType.GetProperty("Log")!.GetValue(context)!;
    }
}
