namespace AotChat.Generators.Tests;

/// <summary>Wherever a command or a job stands, and whatever it takes, it builds.</summary>
public sealed class ShapeSpecs
{
    [Theory]
    [InlineData("internal record R")]
    [InlineData("internal readonly record struct R")]
    [InlineData("public struct R")]
    [InlineData("protected internal class R")]
    [InlineData("internal interface R")]
    [InlineData("internal abstract class R")]
    public void A_type_of_any_kind_may_hold_commands_and_jobs(string type) => AssertBuilds(type + """
         {
            [Command("say", Help = "Says.")] public static void Say(CommandContext context) { }
            [Job] public static int Work() => 1;
        }
        """);

    [Theory]
    [InlineData("[Command(\"say\", Help = \"Says.\")] internal static partial void Say(CommandContext context, [Rest] string text);", "internal static partial void Say(CommandContext context, string text) { }")]
    [InlineData("internal static partial void Say(CommandContext context, string text);", "[Command(\"say\", Help = \"Says.\")] internal static partial void Say(CommandContext context, [Rest] string text) { }")]
    [InlineData("[Command(\"say\", Help = \"Says.\")] internal static partial void Say(CommandContext context, string text);", "internal static partial void Say(CommandContext context, [Rest] string text) { }")]
    [InlineData("internal static partial void Say(CommandContext context, [Rest] string text);", "[Command(\"say\", Help = \"Says.\")] internal static partial void Say(CommandContext context, string text) { }")]
    public void Both_parts_of_a_partial_method_count(string declaration, string implementation)
    {
        Project project = Create($"internal static partial class P {{ {declaration} {implementation} }}");

        AssertBuilds(project);
        Assert.Contains("ReadRest(line, at)", project.Generated("CommandDispatcher.g.cs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("params DayOfWeek?[] value")]
    [InlineData("params User?[] value")]
    [InlineData("params string?[] value")]
    [InlineData("params int?[] value")]
    [InlineData("params Uri[] value")]
    [InlineData("scoped ReadOnlySpan<byte> value")]
    [InlineData("[Rest] ReadOnlySpan<byte> value = default")]
    [InlineData("Wide value = (Wide)ulong.MaxValue")]
    [InlineData("Wide? value")]
    [InlineData("Outer<int[]>.Kind value = default")]
    [InlineData("Number value")]
    [InlineData("System.Nullable<System.Int32> value")]
    public void A_parameter_of_any_form_builds(string parameter) => AssertBuilds(Create(
        $$"""[Command("say", Help = "Says.")] internal static void Say(this CommandContext context, {{parameter}}) { }""",
        """

        public enum Wide : ulong { None, All = ulong.MaxValue }
        public static class Outer<T> { public enum Kind { One } }
        """));

    [Theory]
    [InlineData("Box<int[]>[]")]
    [InlineData("Box<int[]>[][]")]
    [InlineData("Box<Box<string>[]>[]")]
    [InlineData("Box<byte[]>")]
    [InlineData("Empty")]
    [InlineData("Empty[]")]
    [InlineData("Wide[]")]
    [InlineData("byte[][]")]
    [InlineData("Sides")]
    [InlineData("Int32Array[]")]
    [InlineData("Task")]
    public void A_payload_of_any_form_builds(string type) => AssertBuilds(Create(
        $$"""
        [Job] internal static {{type}} Work({{type}} value, int[] numbers) => value;
        [Job] internal static {{type}}[] Run({{type}}[] value) => value;
        [Job] internal static async System.Threading.Tasks.ValueTask<{{type}}> Async({{type}} value) { await System.Threading.Tasks.Task.Yield(); return value; }
        """,
        """

        public sealed record Box<T>(T Value);
        public enum Empty;
        [Flags] public enum Wide : ulong { None, All = ulong.MaxValue }
        public enum Sides : sbyte { Left = -128, Right = 127, Same = 127 }
        public sealed record Int32Array(int X);
        public sealed record Task(int X);
        """));

    [Fact]
    public void A_level_that_has_no_name_is_required_all_the_same()
    {
        LoadedChat chat = LoadedChat.With("""
            [Command("stop", Help = "Stops."), Requires((UserLevel)100)]
            internal static void Stop(CommandContext context) => context.Log.Add("stopped");
            """);

        Assert.Equal(["not allowed: 100"], chat.Run("stop"));
    }

    private static Project Create(string members, string beside = "") =>
        Project.Create("using Number = System.Int32;\n" + Project.Commands(members) + beside);

    private static void AssertBuilds(string members) =>
        AssertBuilds(Project.Create(Project.Commands(members).Replace("static class Commands", "class Commands", StringComparison.Ordinal)));

    private static void AssertBuilds(Project project)
    {
        Assert.Empty(project.Diagnostics);
        Assert.Empty(project.CompilerDiagnostics());
    }
}
