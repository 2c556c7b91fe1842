using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Tests;

/// <summary>What the generator can't accept, and where it says so.</summary>
public sealed class DiagnosticSpecs
{
    [Theory]
    [InlineData("CHAT001", "Talk", """/// <summary>Talks.</summary>""", """[Command("talk")] internal void Talk(CommandContext context) { }""")]
    [InlineData("CHAT002", "int", "", """[Command("talk")] internal static void Talk(int n) { }""")]
    [InlineData("CHAT002", "Talk", "", """[Command("talk")] internal static void Talk() { }""")]
    [InlineData("CHAT003", "decimal", "", """[Command("talk")] internal static void Talk(CommandContext context, decimal n) { }""")]
    [InlineData("CHAT003", "int", "", """[Command("talk")] internal static void Talk(CommandContext context, ref int n) { }""")]
    [InlineData("CHAT003", "string[]", "", """[Command("talk")] internal static void Talk(CommandContext context, string[] words) { }""")]
    [InlineData("CHAT003", "List<string>", "", """[Command("talk")] internal static void Talk(CommandContext context, params List<string> words) { }""")]
    [InlineData("CHAT003", "CancellationToken[]", "", """[Command("talk")] internal static void Talk(CommandContext context, params CancellationToken[] tokens) { }""")]
    [InlineData("CHAT003", "CancellationToken?", "", """[Command("talk")] internal static void Talk(CommandContext context, CancellationToken? token) { }""")]
    [InlineData("CHAT003", "ReadOnlySpan<char>", "", """[Command("talk")] internal static void Talk(CommandContext context, ReadOnlySpan<char> text) { }""")]
    [InlineData("CHAT004", "int", "", """[Command("talk")] internal static int Talk(CommandContext context) => 1;""")]
    [InlineData("CHAT004", "Task", "", """[Command("talk")] internal static Task Talk(CommandContext context) => Task.CompletedTask;""")]
    [InlineData("CHAT004", "ValueTask<int>", "", """[Command("talk")] internal static ValueTask<int> Talk(CommandContext context) => default;""")]
    [InlineData("CHAT014", "void", "", """[Command("talk")] internal static async void Talk(CommandContext context) => await Task.Yield();""")]
    [InlineData("CHAT006", "\"Talk\"", "", """[Command("Talk")] internal static void Talk(CommandContext context) { }""")]
    [InlineData("CHAT006", "\"\"", "", """[Command("")] internal static void Talk(CommandContext context) { }""")]
    [InlineData("CHAT006", "\"1st\"", "", """[Command("1st")] internal static void Talk(CommandContext context) { }""")]
    [InlineData("CHAT006", "\"?\"", "", """[Command("?")] internal static void Talk(CommandContext context) { }""")]
    [InlineData("CHAT006", "\":q\"", "", """[Command(":q")] internal static void Talk(CommandContext context) { }""")]
    [InlineData("CHAT006", "\"two words\"", "", """[Command("two words")] internal static void Talk(CommandContext context) { }""")]
    [InlineData("CHAT006", "\"abcdefghijklmnopqrstuvwxy\"", "", """[Command("abcdefghijklmnopqrstuvwxy")] internal static void Talk(CommandContext context) { }""")]
    [InlineData("CHAT007", "Rest", "", """[Command("talk")] internal static void Talk(CommandContext context, [Rest] string text, int n) { }""")]
    [InlineData("CHAT007", "Rest", "", """[Command("talk")] internal static void Talk(CommandContext context, [Rest] int n) { }""")]
    [InlineData("CHAT007", "Rest", "", """[Command("talk")] internal static void Talk(CommandContext context, [Rest] params string[] words) { }""")]
    [InlineData("CHAT008", "text", "", """[Command("talk")] internal static void Talk(CommandContext context, int? n, string text) { }""")]
    [InlineData("CHAT010", "Talk", "", """[Command("talk")] private static void Talk(CommandContext context) { }""")]
    [InlineData("CHAT010", "Talk", "", """[Command("talk")] internal static void Talk<T>(CommandContext context) { }""")]
    [InlineData("CHAT010", "Command(\"talk\")", "", """internal static void Outer() { Talk(null!); [Command("talk")] static void Talk(CommandContext context) { } }""")]
    [InlineData("CHAT010", "Command(\"talk\")", "", """internal static int Outer { [Command("talk")] get => 1; }""")]
    [InlineData("CHAT010", "Talk", "", """private static class Hidden { [Command("talk")] internal static void Talk(CommandContext context) { } }""")]
    [InlineData("CHAT010", "Talk", "", """internal static class Open<T> { [Command("talk")] internal static void Talk(CommandContext context) { } }""")]
    [InlineData("CHAT011", "Talk", "", """[Command("talk")] internal static void Talk(CommandContext context) { }""")]
    [InlineData("CHAT011", "Talk", "/// <summary>Not closed.", """[Command("talk")] internal static void Talk(CommandContext context) { }""")]
    [InlineData("CHAT015", "Between(2, 1)", "", """[Command("talk")] internal static void Talk(CommandContext context, [Between(2, 1)] int n) { }""")]
    [InlineData("CHAT015", "Between(0.5, 1)", "", """[Command("talk")] internal static void Talk(CommandContext context, [Between(0.5, 1)] int n) { }""")]
    [InlineData("CHAT015", "Between(1, 2)", "", """[Command("talk")] internal static void Talk(CommandContext context, [Between(1, 2)] string text) { }""")]
    [InlineData("CHAT015", "Between(1, 2)", "", """[Command("talk")] internal static void Talk(CommandContext context, [Between(1, 2)] TimeSpan time) { }""")]
    [InlineData("CHAT015", "Between(\"1s\", \"1\")", "", """[Command("talk")] internal static void Talk(CommandContext context, [Between("1s", "1")] TimeSpan time) { }""")]
    [InlineData("CHAT015", "Between(\"1m\", \"1s\")", "", """[Command("talk")] internal static void Talk(CommandContext context, [Between("1m", "1s")] TimeSpan time) { }""")]
    [InlineData("CHAT015", "Between(\"1\", \"2\")", "", """[Command("talk")] internal static void Talk(CommandContext context, [Between("1", "2")] double x) { }""")]
    [InlineData("CHAT015", "Between(1, double.NaN)", "", """[Command("talk")] internal static void Talk(CommandContext context, [Between(1, double.NaN)] double x) { }""")]
    [InlineData("CHAT015", "Length(5)", "", """[Command("talk")] internal static void Talk(CommandContext context, [Length(5)] int n) { }""")]
    [InlineData("CHAT015", "Length(0)", "", """[Command("talk")] internal static void Talk(CommandContext context, [Length(0)] string text) { }""")]
    [InlineData("CHAT015", "Length(-1, 5)", "", """[Command("talk")] internal static void Talk(CommandContext context, [Length(-1, 5)] string text) { }""")]
    [InlineData("CHAT015", "Length(6, 5)", "", """[Command("talk")] internal static void Talk(CommandContext context, [Length(6, 5)] string text) { }""")]
    [InlineData("CHAT015", "Length(0, 0)", "", """[Command("talk")] internal static void Talk(CommandContext context, [Length(0, 0)] string text) { }""")]
    [InlineData("CHAT015", "Length(3, 2)", "", """[Command("talk")] internal static void Talk(CommandContext context, [Length(3, 2)] string text) { }""")]
    [InlineData("CHAT016", "None", "", """internal enum None { } [Command("talk")] internal static void Talk(CommandContext context, None none) { }""")]
    [InlineData("CHAT016", "Two", "", """internal enum Two { A, a } [Command("talk")] internal static void Talk(CommandContext context, Two two) { }""")]
    [InlineData("CHAT016", "Letters", "", """internal enum Letters { Ä } [Command("talk")] internal static void Talk(CommandContext context, Letters letters) { }""")]
    [InlineData("CHAT017", "\"a\\nb\"", "", """[Command("talk", Usage = "a\nb")] internal static void Talk(CommandContext context) { }""")]
    [InlineData("CHAT017", "\"\"", "", """[Command("talk", Invalid = "")] internal static void Talk(CommandContext context) { }""")]
    [InlineData("CHAT018", "ConfigureAwait(false)", "", """[Command("talk")] internal static async ValueTask Talk(CommandContext context) => await Task.Delay(1).ConfigureAwait(false);""")]
    [InlineData("CHAT018", "ConfigureAwait(continueOnCapturedContext: false)", "", """[Command("talk")] internal static async ValueTask Talk(CommandContext context) { await Later(); static async Task Later() => await Task.Delay(1).ConfigureAwait(continueOnCapturedContext: false); }""")]
    [InlineData("CHAT018", "ConfigureAwait(ConfigureAwaitOptions.None)", "", """[Command("talk")] internal static async ValueTask Talk(CommandContext context) => await Task.Delay(1).ConfigureAwait(ConfigureAwaitOptions.None);""")]
    [InlineData("CHAT018", "ConfigureAwait(false)", "", """[OnJoin] internal static async ValueTask Talk(CommandContext context) => await Task.Delay(1).ConfigureAwait(false);""")]
    [InlineData("CHAT201", "Greet", "", """[OnJoin] internal void Greet(CommandContext context) { }""")]
    [InlineData("CHAT202", "Greet", "", """[OnJoin] internal static void Greet() { }""")]
    [InlineData("CHAT202", "Greet", "", """[OnJoin] internal static void Greet(CommandContext context, Room room, string text) { }""")]
    [InlineData("CHAT202", "Greet", "", """[OnLeave] internal static void Greet(CommandContext context, ref Room room) { }""")]
    [InlineData("CHAT202", "Greet", "", """[OnLeave] internal static void Greet(User user) { }""")]
    [InlineData("CHAT202", "Greet", "", """[OnLeave] internal static int Greet(CommandContext context) => 1;""")]
    [InlineData("CHAT202", "Greet", "", """[OnLeave] internal static async void Greet(CommandContext context) => await Task.Yield();""")]
    [InlineData("CHAT202", "Greet", "", """[OnSaid] internal static void Greet(CommandContext context, Room room) { }""")]
    [InlineData("CHAT202", "Greet", "", """[OnSaid] internal static void Greet(CommandContext context, Room room, int n) { }""")]
    [InlineData("CHAT202", "Greet", "", """[OnSaid] internal static void Greet(CommandContext context, Room room, params string[] text) { }""")]
    [InlineData("CHAT203", "Greet", "", """[OnSaid] private static void Greet(CommandContext context, Room room, string text) { }""")]
    [InlineData("CHAT203", "Greet", "", """[OnSaid] internal static void Greet<T>(CommandContext context, Room room, string text) { }""")]
    [InlineData("CHAT203", "OnJoin", "", """internal static void Outer() { Greet(null!); [OnJoin] static void Greet(CommandContext context) { } }""")]
    [InlineData("CHAT101", "Work", "", """[Job] internal int Work() => 1;""")]
    [InlineData("CHAT102", "object", "", """[Job] internal static int Work(object thing) => 1;""")]
    [InlineData("CHAT102", "CancellationToken", "", """[Job] internal static int Work(CancellationToken token, int n) => 1;""")]
    [InlineData("CHAT102", "Open", "", """internal record Open(int X); [Job] internal static int Work(Open open) => 1;""")]
    [InlineData("CHAT102", "Empty", "", """internal sealed record Empty(); [Job] internal static int Work(Empty empty) => 1;""")]
    [InlineData("CHAT102", "More", "", """internal sealed record More(int X) { public int Y { get; init; } } [Job] internal static int Work(More more) => 1;""")]
    [InlineData("CHAT102", "Deep", "", """internal sealed record Deep(Deep[] Inner); [Job] internal static int Work(Deep deep) => 1;""")]
    [InlineData("CHAT102", "Wide<int>", "", """internal sealed record Wide<T>(Wide<T[]>[] Inner); [Job] internal static int Work(Wide<int> wide) => 1;""")]
    [InlineData("CHAT102", "Sealed", "", """internal abstract record Base(int X); internal sealed record Sealed(int X, int Y) : Base(X); [Job] internal static int Work(Sealed value) => 1;""")]
    [InlineData("CHAT102", "int[,]", "", """[Job] internal static int Work(int[,] grid) => 1;""")]
    [InlineData("CHAT102", "int?[]", "", """[Job] internal static int Work(int?[] numbers) => 1;""")]
    [InlineData("CHAT106", "-1", "", """[Job(TimeLimitSeconds = -1)] internal static int Work() => 1;""")]
    [InlineData("CHAT103", "Task", "", """[Job] internal static Task Work() => Task.CompletedTask;""")]
    [InlineData("CHAT103", "void", "", """[Job] internal static void Work() { }""")]
    [InlineData("CHAT103", "Task<object>", "", """[Job] internal static Task<object> Work() => null!;""")]
    [InlineData("CHAT105", "Work", "", """[Job] private static int Work() => 1;""")]
    [InlineData("CHAT105", "Work", "", """[Job] internal static int Work<T>() => 1;""")]
    [InlineData("CHAT105", "Job", "", """internal static void Outer() { Work(); [Job] static int Work() => 1; }""")]
    [InlineData("CHAT102", "string?", "", """[Job] internal static int Work(string? text) => 1;""")]
    [InlineData("CHAT102", "int", "", """[Job] internal static int Work(in int n) => n;""")]
    public void An_invalid_declaration_is_flagged_at_the_token(string id, string flagged, string documentation, string method)
    {
        // An instance member in a static class would be the compiler's own error.
        Project project = Project.Create(Project.Commands(documentation + "\n" + method).Replace("static class", "class", StringComparison.Ordinal));

        Diagnostic diagnostic = Assert.Single(project.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(flagged, project.TextAt(diagnostic));
    }

    [Fact]
    public void A_required_parameter_behind_an_optional_one_is_flagged()
    {
        Project project = Project.Create(Project.Commands(
            """[Command("talk")] internal static void Talk(CommandContext context, int n = 1, string text) { }"""));

        Diagnostic diagnostic = Assert.Single(project.Diagnostics);
        Assert.Equal("CHAT008", diagnostic.Id);
        Assert.Equal("text", project.TextAt(diagnostic));
    }

    [Fact]
    public void The_second_command_of_a_name_is_flagged_also_in_another_file()
    {
        string first = Project.Commands("""
            /// <summary>Talks.</summary>
            [Command("talk")] internal static void Talk(CommandContext context) { }
            """);
        string second = first.Replace("class Commands", "class Others", StringComparison.Ordinal);

        Project project = Project.Create(first, second);

        Diagnostic diagnostic = Assert.Single(project.Diagnostics);
        Assert.Equal("CHAT005", diagnostic.Id);
        Assert.Equal("\"talk\"", project.TextAt(diagnostic));
        Assert.Equal("File1.cs", diagnostic.Location.GetLineSpan().Path);
        Assert.Empty(project.CompilerDiagnostics());
    }

    [Theory]
    [InlineData("Aliases = new[] { \"say\", \"Talk\" }", "CHAT006", "\"Talk\"")]
    [InlineData("Aliases = [\"say\", \"1\"]", "CHAT006", "\"1\"")]
    [InlineData("Aliases = [\"?\", \"??\"]", "CHAT006", "\"??\"")]
    [InlineData("Aliases = [\":q\", \":\"]", "CHAT006", "\":\"")]
    [InlineData("Aliases = [\":Q\"]", "CHAT006", "\":Q\"")]
    [InlineData("Aliases = [\":q!\"]", "CHAT006", "\":q!\"")]
    [InlineData("Aliases = [\"q:\"]", "CHAT006", "\"q:\"")]
    [InlineData("Aliases = [\":abcdefghijklmnopqrstuvwx\"]", "CHAT006", "\":abcdefghijklmnopqrstuvwx\"")]
    [InlineData("Aliases = [\"?\", \"?\"]", "CHAT012", "\"?\"")]
    [InlineData("Aliases = [\"talk\"]", "CHAT012", "\"talk\"")]
    [InlineData("Aliases = [\"say\", \"say\"]", "CHAT012", "\"say\"")]
    [InlineData("Aliases = [\"go\"]", "CHAT012", "\"go\"")]
    [InlineData("Aliases = [\"walk\"]", "CHAT013", "\"walk\"")]
    public void An_invalid_alias_is_flagged(string aliases, string id, string flagged)
    {
        Project project = Project.Create(Project.Commands($$"""
            /// <summary>Talks.</summary>
            [Command("talk", {{aliases}})] internal static void Talk(CommandContext context) { }
            /// <summary>Walks.</summary>
            [Command("walk")] internal static void Walk(CommandContext context) { }
            /// <summary>Goes.</summary>
            [Command("run", Aliases = ["go"])] internal static void Run(CommandContext context) { }
            """));

        Diagnostic diagnostic = Assert.Single(project.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(flagged, project.TextAt(diagnostic));
        Assert.Empty(project.CompilerDiagnostics());
    }

    [Theory]
    [InlineData("A.cs", "B.cs")]
    [InlineData("B.cs", "A.cs")]
    public void An_alias_that_is_a_command_of_another_file_is_flagged_at_the_alias(string aliasFile, string nameFile)
    {
        string alias = Project.Commands("""
            /// <summary>Talks.</summary>
            [Command("talk", Aliases = ["say"])] internal static void Talk(CommandContext context) { }
            """);
        string name = Project.Commands("""
            /// <summary>Says.</summary>
            [Command("say")] internal static void Say(CommandContext context) { }
            """).Replace("class Commands", "class Others", StringComparison.Ordinal);

        Diagnostic diagnostic = Assert.Single(Project.CreateNamed((aliasFile, alias), (nameFile, name)).Diagnostics);

        Assert.Equal("CHAT013", diagnostic.Id);
        Assert.Equal(aliasFile, diagnostic.Location.GetLineSpan().Path);
    }

    [Fact]
    public void Each_of_several_problems_is_flagged()
    {
        Project project = Project.Create(Project.Commands(
            """[Command("Talk")] private static int Talk(CommandContext context, decimal a, [Between(2, 1)] int b) => 1;"""));

        Assert.Equal(["CHAT003", "CHAT004", "CHAT006", "CHAT010", "CHAT015"], project.Diagnostics.Select(diagnostic => diagnostic.Id).Order());
    }

    [Fact]
    public void Of_two_commands_of_a_name_the_one_that_is_flagged_is_left_out_whichever_is_compiled_first()
    {
        string kept = Project.Commands("""
            /// <summary>Talks.</summary>
            [Command("talk")] internal static void Talk(CommandContext context) { }
            """);
        string flagged = kept.Replace("class Commands", "class Others", StringComparison.Ordinal);

        Project project = Project.CreateNamed(("B.cs", flagged), ("A.cs", kept));

        Assert.Equal("B.cs", Assert.Single(project.Diagnostics).Location.GetLineSpan().Path);
        Assert.Contains("Sample.Commands.Talk(", project.Generated("CommandDispatcher.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_bad_names_are_not_said_to_be_duplicates_too()
    {
        Project project = Project.Create(Project.Commands("""
            [Command("Talk")] internal static void First(CommandContext context) { }
            [Command("Talk")] internal static void Second(CommandContext context) { }
            """));

        Assert.Equal(["CHAT006", "CHAT006"], project.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void A_warning_can_be_switched_off_where_it_stands()
    {
        Project project = Project.Create(Project.Commands("""
            #pragma warning disable CHAT011 // Hidden on purpose.
            [Command("talk")] internal static void Talk(CommandContext context) { }
            #pragma warning restore CHAT011
            """));

        Assert.DoesNotContain(project.Diagnostics, diagnostic => !diagnostic.IsSuppressed);
    }

    [Fact]
    public void The_second_job_of_a_name_is_flagged()
    {
        Project project = Project.Create(Project.Commands("""
            [Job] internal static int Work() => 1;
            [Job] internal static Task<int> WorkAsync() => Task.FromResult(1);
            """));

        Diagnostic diagnostic = Assert.Single(project.Diagnostics);
        Assert.Equal("CHAT104", diagnostic.Id);
        Assert.Equal("WorkAsync", project.TextAt(diagnostic));
    }

    [Fact]
    public void A_command_that_is_refused_does_not_take_the_others_with_it()
    {
        Project project = Project.Create(Project.Commands("""
            /// <summary>Good.</summary>
            [Command("good")] internal static void Good(CommandContext context) { }
            [Command("bad")] internal static int Bad(CommandContext context) => 1;
            """));

        Assert.Equal("CHAT004", Assert.Single(project.Diagnostics).Id);
        Assert.Contains("\"good\"u8", project.Generated("CommandDispatcher.g.cs"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"bad\"u8", project.Generated("CommandDispatcher.g.cs"), StringComparison.Ordinal);
    }
}
