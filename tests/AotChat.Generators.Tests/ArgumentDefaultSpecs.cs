namespace AotChat.Generators.Tests;

/// <summary>Defaults, limits and types of parameters in whatever form they are written.</summary>
public sealed class ArgumentDefaultSpecs
{
    [Theory]
    [InlineData("double", "-0.0", "-0")]
    [InlineData("double", "-0.0f", "-0")]
    [InlineData("double?", "-0d", "-0")]
    [InlineData("double?", "-0f", "-0")]
    [InlineData("double", "-Zero", "-0")]
    [InlineData("double", "0.0", "0")]
    [InlineData("double", "-0", "0")]
    [InlineData("double", "float.NaN", "NaN")]
    [InlineData("double?", "float.NegativeInfinity", "-Infinity")]
    [InlineData("double", "double.PositiveInfinity", "Infinity")]
    [InlineData("double", "double.Epsilon", "5E-324")]
    [InlineData("double", "float.MaxValue", "3.4028234663852886E+38")]
    [InlineData("double", "1e15", "1000000000000000")]
    [InlineData("double", "1e19", "1E+19")]
    [InlineData("double", "-123456789012345678901.0", "-1.2345678901234568E+20")]
    [InlineData("double", "1e22", "1E+22")]
    [InlineData("double", "-1.7976931348623157E+308", "-1.7976931348623157E+308")]
    [InlineData("double?", "long.MaxValue", "9.223372036854776E+18")]
    [InlineData("long", "long.MinValue", "-9223372036854775808")]
    [InlineData("int?", "int.MinValue", "-2147483648")]
    [InlineData("int", "'a'", "97")]
    [InlineData("bool?", "true", "True")]
    [InlineData("string", "\"\\u2028\\\"\\n{0}\"", "\u2028\"\n{0}")]
    [InlineData("DayOfWeek", "(DayOfWeek)(-1)", "-1")]
    [InlineData("DayOfWeek?", "0", "Sunday")]
    [InlineData("TimeSpan", "default", "00:00:00")]
    public void A_default_keeps_its_value(string type, string value, string expected)
    {
        Project project = Project.Create(Project.Commands($$"""
            private const double Zero = 0;
            /// <summary>Says it.</summary>
            [Command("say")] internal static void Say(CommandContext context, {{type}} value = {{value}}) => context.Log.Add(FormattableString.Invariant($"{value}"));
            """));

        Assert.Empty(project.CompilerDiagnostics());
        Assert.Equal([expected], new LoadedChat(project.Load()).Run("say"));
    }

    [Theory]
    [InlineData("0.0, 1e15", "1000000000000000")]
    [InlineData("-1e19, 1e19", "10000000000000000000")]
    [InlineData("0.0, 1e22", "1e22")]
    [InlineData("long.MinValue, long.MaxValue", "9.2e18")]
    [InlineData("-0.0, double.MaxValue", "0")]
    public void A_limit_of_any_size_builds(string limit, string word)
    {
        Project project = Project.Create(Project.Commands($$"""
            /// <summary>Says it.</summary>
            [Command("say")] internal static void Say(CommandContext context, [Between({{limit}})] double value) => context.Log.Add("in");
            """));

        Assert.Empty(project.CompilerDiagnostics());
        Assert.Equal(["in"], new LoadedChat(project.Load()).Run("say " + word));
    }

    [Fact]
    public void All_types_together_compile_without_a_warning() => Assert.Empty(Project.Create(Project.Commands("""
        /// <summary>Everything that may be left out.</summary>
        [Command("all")] internal static void All(
            CommandContext context, [Between(1, 2)] int? a, long b = 1, [Between(0.5, 1)] double? c = double.NaN, bool? d = null,
            System.Numerics.BigInteger e = default, TimeSpan f = default, DateTimeOffset? g = null, Uri? h = null, DayOfWeek i = DayOfWeek.Friday,
            DayOfWeek? j = DayOfWeek.Monday, ReadOnlySpan<byte> k = default, CancellationToken l = default, params DateTimeOffset[] m) { }
        """)).CompilerDiagnostics());

    [Fact]
    public void Two_enums_of_one_name_are_told_apart()
    {
        LoadedChat chat = LoadedChat.With(
            """
            /// <summary>One.</summary>
            [Command("one")] internal static void One(CommandContext context, First.Kind kind) => context.Log.Add($"{kind}");
            /// <summary>Two.</summary>
            [Command("two")] internal static void Two(CommandContext context, Second.Kind kind) => context.Log.Add($"{kind}");
            """,
            """

            public static class First { public enum Kind { Apple } }
            public static class Second { public enum Kind { Pear } }
            """);

        Assert.Equal(["Apple", "Pear"], chat.Run("one apple", "two pear"));
    }
}
