using AotChat.Generators.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace AotChat.Generators.Tests;

/// <summary>What an editor offers to mend, and that it is mended afterwards.</summary>
public sealed class CodeFixSpecs
{
    [Theory]
    [InlineData(
        """[Command("talk")] internal void Talk(CommandContext context) { }""",
        """[Command("talk")] internal static void Talk(CommandContext context) { }""")]
    [InlineData(
        """[Command("talk")] internal async ValueTask Talk(CommandContext context) => await Task.Yield();""",
        """[Command("talk")] internal static async ValueTask Talk(CommandContext context) => await Task.Yield();""")]
    [InlineData(
        """[Job] internal int Work(int n) => n;""",
        """[Job] internal static int Work(int n) => n;""")]
    [InlineData(
        """[Command("talk")] internal static void Talk() { }""",
        """[Command("talk")] internal static void Talk(CommandContext context) { }""")]
    [InlineData(
        """[Command("talk")] internal static void Talk(int n, [Rest] string text) { }""",
        """[Command("talk")] internal static void Talk(CommandContext context, int n, [Rest] string text) { }""")]
    [InlineData(
        """[Command("talk")] internal static void Talk(int context) { }""",
        """[Command("talk")] internal static void Talk(CommandContext commandContext, int context) { }""")]
    [InlineData(
        """[Command("talk")] internal static void Talk(int n, CommandContext caller) { }""",
        """[Command("talk")] internal static void Talk(CommandContext caller, int n) { }""")]
    [InlineData(
        """[Command("talk")] internal static async void Talk(CommandContext context) => await Task.Yield();""",
        """[Command("talk")] internal static async ValueTask Talk(CommandContext context) => await Task.Yield();""")]
    public async Task What_has_one_way_to_be_right_is_mended(string wrong, string right)
    {
        string source = Source(wrong);
        Project project = Project.Create(source);

        string mended = await MendAsync(project, source, Assert.Single(project.Diagnostics));

        Assert.Equal(Source(right), mended);
        Assert.DoesNotContain(Project.Create(mended).Diagnostics, problem => problem.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task A_method_without_accessibility_becomes_static_in_front_of_everything()
    {
        string source = Source("""[Job] int Work(int n) => n;""");
        Project project = Project.Create(source);

        string mended = await MendAsync(project, source, project.Diagnostics.Single(problem => problem.Id == "CHAT101"));

        Assert.Equal(Source("""[Job] static int Work(int n) => n;"""), mended);
    }

    [Fact]
    public void Whatever_can_be_mended_is_something_that_is_reported() => Assert.All(
        new CommandCodeFixes().FixableDiagnosticIds, id => Assert.Contains(DescriptorSpecs.All, descriptor => descriptor.Id == id));

    // A static class would make an instance method the compiler's own error.
    private static string Source(string method) => Project.Commands("/// <summary>Does it.</summary>\n" + method)
        .Replace("static class", "class", StringComparison.Ordinal);

    private static async Task<string> MendAsync(Project project, string source, Diagnostic diagnostic)
    {
        using AdhocWorkspace workspace = new();
        Microsoft.CodeAnalysis.Project edited = workspace
            .AddProject("Test", LanguageNames.CSharp)
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.Latest))
            .WithCompilationOptions(project.Compilation.Options)
            .WithMetadataReferences(project.Compilation.References);
        foreach (SyntaxTree tree in project.Compilation.SyntaxTrees.Where(tree => tree.FilePath != "File0.cs"))
        {
            edited = edited.AddDocument(tree.FilePath, tree.GetText()).Project;
        }

        Document document = edited.AddDocument("File0.cs", source);
        Diagnostic reported = Diagnostic.Create(
            diagnostic.Descriptor, Location.Create((await document.GetSyntaxTreeAsync())!, diagnostic.Location.SourceSpan), "");
        List<CodeAction> actions = [];
        await new CommandCodeFixes().RegisterCodeFixesAsync(new CodeFixContext(document, reported, (action, _) => actions.Add(action), CancellationToken.None));
        ApplyChangesOperation change = (await Assert.Single(actions).GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
        Document mended = change.ChangedSolution.GetDocument(document.Id)!;
        mended = await Simplifier.ReduceAsync(mended, Simplifier.Annotation);
        mended = await Formatter.FormatAsync(mended, Formatter.Annotation);
        return (await mended.GetTextAsync()).ToString();
    }
}
