namespace AotChat.Generators.Tests;

/// <summary>
/// The result after an edit is the one of a generator that starts afresh, also where the edit changes what a signature
/// means and not its text.
/// </summary>
public sealed class EditSpecs
{
    private const string Types = """
        namespace Sample;

        public static class Limits { public const int Most = 5; }

        public enum Color { Red, Green }

        public sealed record Point(int X, int Y);
        """;

    private static readonly string Source = Project.Commands("""
        /// <summary>Paints.</summary>
        [Command("paint")]
        internal static void Paint(CommandContext context, Color color, [Between(1, Limits.Most)] int n = 1) => context.Log.Add("painted");

        /// <summary>Tells.</summary>
        [Command("tell")]
        internal static void Tell(CommandContext context, string? text) => context.Log.Add("told");

        [Job]
        internal static Point Move(Point from, Color color) => from;
        """);

    [Theory]
    [InlineData("a member of an enum", "Red, Green", "Red, Blue")]
    [InlineData("the value of a member", "Red, Green", "Red = 7, Green")]
    [InlineData("the value of a constant", "Most = 5", "Most = 6")]
    [InlineData("a constant's type", "const int Most = 5", "const string Most = \"5\"")]
    [InlineData("the members of a record", "int X, int Y", "int X, string Y")]
    [InlineData("the order of a record's members", "int X, int Y", "int Y, int X")]
    [InlineData("a record that is not sealed any more", "public sealed record", "public record")]
    [InlineData("state outside of a record's constructor", "Point(int X, int Y);", "Point(int X, int Y) { public int Z { get; init; } }")]
    [InlineData("an enum that becomes flags", "public enum", "[System.Flags] public enum")]
    [InlineData("an enum that becomes a struct", "enum Color { Red, Green }", "struct Color { }")]
    [InlineData("a nearer type of the same name", "public enum", "public enum Int { A } public sealed class CommandContext; public enum")]
    [InlineData("a name for something else", "namespace Sample;", "global using Int = System.Int64; namespace Sample;")]
    public void An_edit_of_a_declaration_in_another_file_changes_the_result(string what, string old, string edit)
    {
        Assert.NotEmpty(what);
        string edited = Replace(Types, old, edit);

        AssertSame(Project.Create(Source, edited), Project.Create(Source, Types).Edit(1, edited));
    }

    [Theory]
    [InlineData("namespace Sample;", "#nullable disable\nnamespace Sample;")]
    [InlineData("/// <summary>Tells.", "#nullable disable\n/// <summary>Tells.")]
    [InlineData("/// <summary>Paints.", "#nullable disable\n/// <summary>Paints.")]
    [InlineData("using AotChat.Jobs;", "using AotChat.Jobs;\nusing Color = System.DayOfWeek;")]
    [InlineData("namespace Sample;", "namespace Other;")]
    [InlineData("/// <summary>Tells.", "/// <summary>Says.")]
    [InlineData("/// <summary>Tells.", "// <summary>Tells.")]
    [InlineData("public static class Commands", "public static class Others")]
    [InlineData("public static class Commands", "public static class Outer { public static class Commands { } } public static class Commands")]
    [InlineData("[Command(\"tell\")]", "[Command(\"tell\", Aliases = [\"say\"])]")]
    [InlineData("[Command(\"tell\")]", "[AotChat.Commands.CommandAttribute(\"tell\")]")]
    [InlineData("[Command(\"tell\")]", "[Command(\"paint\")]")]
    [InlineData("internal static void Tell", "private static void Tell")]
    [InlineData("string? text", "string text")]
    public void An_edit_around_a_signature_changes_the_result(string old, string edit)
    {
        string edited = Replace(Source, old, edit);

        AssertSame(Project.Create(edited, Types), Project.Create(Source, Types).Edit(0, edited));
    }

    [Theory]
    [InlineData("internal static partial class Split", "private static partial class Split", "CommandDispatcher.g.cs")]
    [InlineData("internal static partial class Split", "[System.Obsolete] internal static partial class Split", "JobStubs.g.cs")]
    [InlineData("Most = 5", "Most = 6", "CommandDispatcher.g.cs")]
    [InlineData("enum Color { Red }", "enum Color { Red, Green }", "CommandChoices.g.cs")]
    [InlineData("record Point(int X)", "record Point(long X)", "JobCodec.g.cs")]
    public void An_edit_of_the_other_part_of_a_partial_class_changes_the_result(string old, string edit, string changed)
    {
        string here = Project.Commands("""
            /// <summary>Paints.</summary>
            [Command("paint")] internal static void Paint(CommandContext context, Color color, [Between(1, Most)] int n) { }
            [Job] internal static Point Move(Point from) => from;
            """).Replace("public static class Commands", "static partial class Outer { static partial class Split", StringComparison.Ordinal) + "}";
        const string there = """
            namespace Sample;

            static partial class Outer
            {
                internal static partial class Split
                {
                    public const int Most = 5;
                    public enum Color { Red }
                    public sealed record Point(int X);
                }
            }
            """;
        Project before = Project.Create(here, there);
        string edited = Replace(there, old, edit);

        Project after = before.Edit(1, edited);

        AssertSame(Project.Create(here, edited), after);
        Assert.NotEqual(before.Generated(changed), after.Generated(changed));
    }

    [Fact]
    public void After_any_edits_the_result_is_that_of_a_fresh_start()
    {
        (string Old, string New)[] edits =
        [
            ("painted", "painting"), ("Color color, [Between", "Color color, int m, [Between"), ("using AotChat.Jobs;", "using AotChat.Jobs;\n"),
            ("string? text", "[Rest] string text"), ("/// <summary>Tells.", "#nullable disable\n/// <summary>Tells."), ("\"tell\"", "\"Tell\""),
            ("internal static Point Move", "internal static int Moved() => 1;\ninternal static Point Move"), ("Point from", "Point[] from"),
        ];
        Random random = new(7);
        for (int round = 0; round < 20; round++)
        {
            string text = Source;
            Project project = Project.Create(Source, Types);
            for (int step = 0; step < 8; step++)
            {
                (string old, string edit) = edits[random.Next(edits.Length)];
                text = text.Contains(edit, StringComparison.Ordinal) ? text.Replace(edit, old, StringComparison.Ordinal) : text.Replace(old, edit, StringComparison.Ordinal);
                project = project.Edit(0, text);
            }

            AssertSame(Project.Create(text, Types), project);
        }
    }

    private static void AssertSame(Project fresh, Project edited)
    {
        Assert.Equal(
            fresh.Diagnostics.Select(problem => problem.ToString()),
            edited.Diagnostics.Select(problem => problem.ToString()));
        Assert.Equal(
            fresh.Driver.GetRunResult().GeneratedTrees.Select(tree => tree.ToString()).Order(StringComparer.Ordinal),
            edited.Driver.GetRunResult().GeneratedTrees.Select(tree => tree.ToString()).Order(StringComparer.Ordinal));
    }

    private static string Replace(string source, string old, string edit)
    {
        Assert.Contains(old, source, StringComparison.Ordinal);
        return source.Replace(old, edit, StringComparison.Ordinal);
    }
}
