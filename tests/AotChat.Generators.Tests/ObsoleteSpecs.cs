using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Tests;

/// <summary>Obsolete and experimental commands, jobs and types build, and the calls that an author writes still warn.</summary>
public sealed class ObsoleteSpecs
{
    private const string Mark = "/*mark*/";

    public static TheoryData<string> Marks => new(
        "[Obsolete]",
        "[Obsolete(\"Use it no more.\")]",
        "[Obsolete(\"Not \\\"that\\\".\", error: true)]",
        "[Obsolete(\"Not that.\", DiagnosticId = \"OLD001\", UrlFormat = \"http://host/{0}\")]",
        "[Obsolete(\"Not that.\", true, DiagnosticId = \"OLD001\")]",
        "[Obsolete(\"Not that.\", DiagnosticId = \"no identifier\\n\")]",
        "[Experimental(\"NEW001\")]",
        "[Experimental(\"NEW001\", UrlFormat = \"http://host/{0}\")]",
        "[Obsolete, Experimental(\"NEW001\")]");

    [Theory]
    [MemberData(nameof(Marks))]
    public void An_obsolete_command_builds(string mark) => AssertBuilds(mark, """
        /// <summary>Old.</summary>
        [Command("old")] /*mark*/ internal static void Old(CommandContext context) { }
        """);

    [Theory]
    [MemberData(nameof(Marks))]
    public void An_obsolete_hook_builds(string mark) => AssertBuilds(mark, """
        [OnJoin] /*mark*/ internal static void Come(CommandContext context) { }
        [OnSaid] /*mark*/ internal static void Hear(CommandContext context, Room room, string text) { }
        """);

    [Theory]
    [MemberData(nameof(Marks))]
    public void An_obsolete_job_builds(string mark) => AssertBuilds(mark, "[Job] /*mark*/ internal static int Old(int n) => n;");

    [Theory]
    [MemberData(nameof(Marks))]
    public void An_obsolete_class_around_commands_and_jobs_builds(string mark) => AssertBuilds(mark, """
        /*mark*/ internal static class Outer
        {
            internal static class Inner
            {
                internal enum Color { Red }
                internal sealed record Point(int X, Color Color);
                /// <summary>Old.</summary>
                [Command("old")] internal static void Old(CommandContext context, Color color = Color.Red) { }
                [Job] internal static Point[] Work(Point point, Color color) => [];
            }
        }
        """);

    [Theory]
    [MemberData(nameof(Marks))]
    public void An_obsolete_member_of_an_enum_builds(string mark) => AssertBuilds(mark, """
        internal enum Color { Red, /*mark*/ Blue }
        /// <summary>Paints.</summary>
        [Command("paint")] internal static void Paint(CommandContext context, Color color, params Color[] others) { }
        [Job] internal static Color Work(Color color) => color;
        """);

    [Theory]
    [MemberData(nameof(Marks))]
    public void An_obsolete_default_builds(string mark) => AssertBuilds(mark, """
        internal enum Color { Red, /*mark*/ Blue }
        /// <summary>Paints.</summary>
        [Command("paint")] /*mark*/ internal static void Paint(CommandContext context, Color color = Color.Blue) { }
        """);

    [Theory]
    [MemberData(nameof(Marks))]
    public void Obsolete_types_of_parameters_and_results_build(string mark) => AssertBuilds(mark, """
        /*mark*/ internal enum Color { Red }
        /*mark*/ internal sealed record Point(int X, Color Color);
        /*mark*/ internal sealed record Box<T>(T Value);
        /// <summary>Old.</summary>
        [Command("old")] /*mark*/ internal static void Old(CommandContext context, Color? color) { }
        [Job] /*mark*/ internal static Task<Box<Point>[]> WorkAsync(Box<Color> color, Point[] points) => Task.FromResult<Box<Point>[]>([]);
        """);

    [Theory]
    [MemberData(nameof(Marks))]
    public void An_obsolete_member_of_a_record_builds(string mark) => AssertBuilds(mark.Replace("[", "[property: ", StringComparison.Ordinal), """
        internal sealed record Point(/*mark*/ int X, int Y);
        [Job] internal static int Work(Point[] points) => 1;
        """);

    [Theory]
    [MemberData(nameof(Marks))]
    public void An_authors_own_call_of_something_obsolete_is_reported(string mark)
    {
        Project project = Create(mark, """
            [Command("old", Help = "Old.")] /*mark*/ internal static void Old(CommandContext context) { }
            [Job] /*mark*/ internal static int Work() => 1;
            /*mark*/ internal static class Around { [Job] internal static int Play() => 1; }
            internal static void CallMethod(CommandContext context) => Old(context);
            internal static ValueTask<int> CallStub(AotChat.Workers.IJobRunner jobs) => AotChat.Commands.JobStubs.WorkAsync(jobs);
            internal static ValueTask<int> CallAround(AotChat.Workers.IJobRunner jobs) => AotChat.Commands.JobStubs.PlayAsync(jobs);
            """);

        // A call that is both obsolete and experimental is reported as one of them.
        Assert.Equal(
            ["CallAround", "CallMethod", "CallStub"],
            project.CompilerDiagnostics().Select(diagnostic => MethodAround(diagnostic.Location)).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_stub_of_an_obsolete_job_is_obsolete()
    {
        string stubs = Create("", """
            [Obsolete("Not \"that\".", true, DiagnosticId = "OLD001")] internal static class Around
            {
                [Job, Experimental("NEW001", UrlFormat = "http://host/{0}")] internal static int Play() => 1;
            }
            """).Generated("JobStubs.g.cs");

        Assert.Contains(
            """
                [Obsolete("Not \"that\".", true, DiagnosticId = "OLD001")]
                [global::System.Diagnostics.CodeAnalysis.Experimental("NEW001", UrlFormat = "http://host/{0}")]
                public static async ValueTask<int> PlayAsync(
            """.ReplaceLineEndings("\n"),
            stubs,
            StringComparison.Ordinal);
    }

    private static void AssertBuilds(string mark, string members)
    {
        Project project = Create(mark, members);

        Assert.Empty(project.Diagnostics);
        Assert.Empty(project.CompilerDiagnostics());
    }

    private static Project Create(string mark, string members) => Project.Create(
        "using System.Diagnostics.CodeAnalysis;\n" + Project.Commands(members.Replace(Mark, mark, StringComparison.Ordinal)));

    private static string MethodAround(Location location) => location.SourceTree!.GetRoot().FindNode(location.SourceSpan)
        .FirstAncestorOrSelf<Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax>()!.Identifier.ValueText;

}
