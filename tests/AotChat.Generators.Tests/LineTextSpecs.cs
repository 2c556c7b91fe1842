namespace AotChat.Generators.Tests;

/// <summary>Which texts of an attribute can be one line of the chat.</summary>
public sealed class LineTextSpecs
{
    // Escaped, as an author writes them.
    private static readonly string[] NotOneLine =
    [
        "\"a\\nb\"", "\"a\\rb\"", "\"a\\u2028b\"", "\"a\\u2029b\"", "\"a\\u0085b\"", "\"\\tb\"", "\"\\u001b[2J\"", "\"\\u009b\"", "\"\\u007f\"",
        "\"\\u202e\"", "\"\\u2066\"", "\"\\ud800\"", "\"a\\udc00\\ud800\"", "\"\"", "@\"a\nb\"", "\"a\" + \"\\n\"",
    ];

    [Theory]
    [InlineData("Usage")]
    [InlineData("Help")]
    [InlineData("Category")]
    [InlineData("Example")]
    [InlineData("Invalid")]
    public void A_text_that_is_not_one_line_is_flagged_at_the_argument(string argument) => Assert.All(NotOneLine, text =>
        Project.AssertFlagged("CHAT017", text, $$"""[Command("talk", Help = "Talks.", {{argument}} = {{text}})] internal static void Talk(CommandContext context) { }"""
            .Replace("Help = \"Talks.\", Help", "Help", StringComparison.Ordinal)));

    [Theory]
    [InlineData("Between(1, 2,", "int")]
    [InlineData("Between(\"1s\", \"2s\",", "TimeSpan")]
    [InlineData("Length(2,", "string")]
    public void A_line_of_a_limit_that_is_not_one_line_is_flagged_at_the_argument(string limit, string type) => Assert.All(NotOneLine, text =>
        Project.AssertFlagged("CHAT017", text, $$"""
            [Command("talk", Help = "Talks.")]
            internal static void Talk(CommandContext context, [{{limit}} Invalid = {{text}})] {{type}} value) { }
            """));

    [Theory]
    [InlineData("Grüße, „quoted“ \\\" \\\\ 😀 ‰")]
    [InlineData("\\ud83d\\ude00\\ufffd\\u2027\\u202f\\u2065")]
    public void Any_other_text_is_one_line(string text)
    {
        Project project = Project.Create(Project.Commands($$"""
            [Command("talk", Usage = "{{text}}", Help = "{{text}}", Category = "{{text}}", Example = "{{text}}", Invalid = "{{text}}")]
            internal static void Talk(CommandContext context, [Between(1, 2, Invalid = "{{text}}")] int n) { }
            """));

        Assert.Empty(project.Diagnostics);
        Assert.Empty(project.CompilerDiagnostics());
    }
}
