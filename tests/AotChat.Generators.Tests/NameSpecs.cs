namespace AotChat.Generators.Tests;

/// <summary>However an author names what generated code calls, it builds.</summary>
public sealed class NameSpecs
{
    private const string Usings = """
        using AotChat.Chat;
        using AotChat.Commands;
        using AotChat.Jobs;


        """;

    [Fact]
    public void Classes_and_namespaces_may_differ_by_case_alone() => AssertBuilds(
        Class("Sample", "DiceA", "one"), Class("Sample", "Dicea", "two"), Class("sample", "DiceA", "three"), Class("Sample", "dicea", "four"));

    [Fact]
    public void Nested_namespaces_and_classes_and_partial_classes_build() => AssertBuilds(
        $$"""
        {{Usings}}namespace Outer { namespace Inner.@namespace { public static partial class @class { internal static partial class Nested {
            /// <summary>One.</summary>
            [Command("one")] internal static void One(CommandContext context, @enum choice = @enum.@if) { }
            [Job] internal static @struct @while(@struct @int) => @int;
        } } } }
        """,
        $$"""
        {{Usings}}namespace Outer.Inner.@namespace;

        public static partial class @class
        {
            internal enum @enum { @if, @else }
            internal sealed record @struct(int @int, @enum[] @enum);
            internal static partial class Nested
            {
                /// <summary>Two.</summary>
                [Command("two")] internal static void @class(CommandContext context) { }
            }
        }
        """,
        Usings + """
        /// <summary>Outside of all namespaces.</summary>
        public static class Global
        {
            /// <summary>Three.</summary>
            [Command("three"), Requires(UserLevel.Operator)] internal static void Three(CommandContext context) { }
            [Job] internal static int Play(int n) => n;
        }
        """);

    [Theory]
    [InlineData("@class")]
    [InlineData("@value")]
    [InlineData("@await")]
    [InlineData("@field")]
    [InlineData("nameof")]
    [InlineData("@global")]
    [InlineData("line")]
    [InlineData("at")]
    [InlineData("jobs")]
    [InlineData("payload")]
    [InlineData("_")]
    [InlineData("ArgumentReader")]
    [InlineData("ArgumentParser")]
    [InlineData("CommandChoices")]
    [InlineData("Invalid")]
    [InlineData("NotFound")]
    [InlineData("NotAllowed")]
    [InlineData("UserLevel")]
    [InlineData("TimeSpan")]
    [InlineData("JobCodec")]
    [InlineData("JobTable")]
    [InlineData("RunOne")]
    [InlineData("Größe")]
    [InlineData("\\u0061b")]
    public void A_parameter_may_have_any_name(string name) => AssertBuilds(Project.Commands($$"""
        internal enum Color { Red }
        internal sealed record Point(int {{name}}, Color Color);
        /// <summary>One.</summary>
        [Command("one")] internal static void One(CommandContext context, User user, int {{name}}, [Between("1s", "1h")] TimeSpan? time, params Color[] colors) { }
        /// <summary>Two.</summary>
        [Command("two")] internal static void Two(CommandContext context, Color color, string {{name}} = "") { }
        /// <summary>Three.</summary>
        [Command("three"), Requires(UserLevel.Operator)] internal static void Three(CommandContext context, [Between("1s", "1h")] TimeSpan {{name}}) { }
        /// <summary>Four.</summary>
        [Command("four")] internal static void Four(CommandContext context, params Color[] {{name}}) { }
        [Job] internal static Point Work(Point[] {{name}}, Color color) => null!;
        [Job] internal static async Task<Point> WaitAsync(Point {{name}}, CancellationToken token) { await Task.Yield(); return {{name}}; }
        """));

    [Fact]
    public void A_name_of_the_source_may_be_the_text_of_an_attribute() => AssertBuilds(Project.Commands("""
        private const string talk = "Talks.";
        [Command(nameof(talk), Aliases = [nameof(@class)], Usage = nameof(talk) + " N", Help = talk)]
        internal static void @class(CommandContext context, int n) { }
        """));

    private static string Class(string space, string name, string command) => $$"""
        {{Usings}}namespace {{space}};

        public static class {{name}}
        {
            /// <summary>{{command}}.</summary>
            [Command("{{command}}")] internal static void Run(CommandContext context) { }
            [Job] internal static int Work{{command}}() => 1;
        }
        """;

    private static void AssertBuilds(params string[] files)
    {
        Project project = Project.Create(files);

        Assert.Empty(project.Diagnostics);

        // CS8981: a type in lower case may become a keyword; that is the author's.
        Assert.DoesNotContain(project.CompilerDiagnostics(), diagnostic => diagnostic.Id != "CS8981");
    }
}
