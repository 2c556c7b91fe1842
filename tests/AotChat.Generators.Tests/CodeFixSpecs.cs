using AotChat.Generators.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;

namespace AotChat.Generators.Tests;

/// <summary>What an editor offers to do about an error, and that it does away with it.</summary>
public sealed class CodeFixSpecs
{
    private const string Summary = "/// <summary>Talks.</summary>\n";

    [Theory]
    [InlineData("internal void Talk(CommandContext context) { }", "internal static void Talk(CommandContext context) { }")]
    [InlineData("internal async ValueTask Talk(CommandContext context) => await Task.Yield();", "internal static async ValueTask Talk(CommandContext context) => await Task.Yield();")]
    [InlineData("protected internal void Talk(CommandContext context) { }", "protected internal static void Talk(CommandContext context) { }")]
    public Task A_command_is_made_static(string before, string after) =>
        AssertFixedAsync(new MakeStaticFixProvider(), "CHAT001", Instance(Summary + "[Command(\"talk\")] " + before), Instance(Summary + "[Command(\"talk\")] " + after));

    [Fact]
    public Task A_job_is_made_static() => AssertFixedAsync(
        new MakeStaticFixProvider(), "CHAT101", Instance("[Job] internal int Count(int n) => n;"), Instance("[Job] internal static int Count(int n) => n;"));

    [Fact]
    public Task A_hook_is_made_static() => AssertFixedAsync(
        new MakeStaticFixProvider(), "CHAT201", Instance("[OnJoin] internal void Greet(CommandContext context) { }"), Instance("[OnJoin] internal static void Greet(CommandContext context) { }"));

    [Theory]
    [InlineData("Talk()", "Talk(CommandContext context)")]
    [InlineData("Talk(int n)", "Talk(CommandContext context, int n)")]
    [InlineData("Talk(int n, /* what */ string text)", "Talk(CommandContext context, int n, /* what */ string text)")]
    [InlineData("Talk(int n, CommandContext caller, string text)", "Talk(CommandContext caller, int n, string text)")]
    [InlineData("Talk(int context)", "Talk(CommandContext commandContext, int context)")]
    public Task A_command_gets_the_context_in_front(string before, string after) => AssertFixedAsync(
        new AddContextFixProvider(),
        "CHAT002",
        Project.Commands(Summary + $"[Command(\"talk\")] internal static void {before} {{ }}"),
        Project.Commands(Summary + $"[Command(\"talk\")] internal static void {after} {{ }}"));

    [Fact]
    public Task A_command_that_nobody_could_await_returns_a_task() => AssertFixedAsync(
        new ReturnValueTaskFixProvider(),
        "CHAT014",
        Project.Commands(Summary + "[Command(\"talk\")] internal static async void Talk(CommandContext context) => await Task.Yield();"),
        Project.Commands(Summary + "[Command(\"talk\")] internal static async ValueTask Talk(CommandContext context) => await Task.Yield();"));

    [Fact]
    public void Each_ID_with_a_fix_is_a_reported_diagnostic() => Assert.All(
        Fixable(), id => Assert.Contains(DescriptorSpecs.All, descriptor => descriptor.Id == id));

    [Fact]
    public Task A_fix_keeps_comments_and_blanks_around_a_method() => AssertFixedAsync(
        new MakeStaticFixProvider(),
        "CHAT001",
        Instance(Summary + "// Why.\n[Command(\"talk\")]\n    // How.\n    public /* who */ void Talk(CommandContext context) // What.\n    {\n    }\n"),
        Instance(Summary + "// Why.\n[Command(\"talk\")]\n    // How.\n    public /* who */ static void Talk(CommandContext context) // What.\n    {\n    }\n"));

    [Fact]
    public void Each_error_whose_documentation_promises_a_fix_has_one()
    {
        IEnumerable<string> promised = DescriptorSpecs.Documentation.Split("### ").Where(section => section.Contains("a code fix", StringComparison.Ordinal))
            .Select(section => section[.."CHAT000".Length]);

        Assert.Equal(promised, Fixable().Order(StringComparer.Ordinal));
    }

    private static string[] Fixable() =>
    [
        .. new CodeFixProvider[] { new MakeStaticFixProvider(), new AddContextFixProvider(), new ReturnValueTaskFixProvider() }
            .SelectMany(provider => provider.FixableDiagnosticIds),
    ];

    private static string Instance(string members) => Project.Commands(members).Replace("static class Commands", "class Commands", StringComparison.Ordinal);

    private static async Task AssertFixedAsync(CodeFixProvider provider, string id, string before, string after)
    {
        Project project = Project.Create(before);
        Diagnostic found = Assert.Single(project.Diagnostics, diagnostic => diagnostic.Id == id);

        string text = await ApplyAsync(provider, project, found);

        Assert.Equal(after.ReplaceLineEndings("\n"), text);
        Project mended = Project.Create(text);
        Assert.DoesNotContain(mended.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.DoesNotContain(mended.CompilerDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    private static async Task<string> ApplyAsync(CodeFixProvider provider, Project project, Diagnostic found)
    {
        using AdhocWorkspace workspace = new();
        ProjectId projectId = ProjectId.CreateNewId();
        Solution solution = workspace.CurrentSolution
            .AddProject(projectId, "Test", "Test", LanguageNames.CSharp)
            .WithProjectMetadataReferences(projectId, project.Compilation.References)
            .WithProjectParseOptions(projectId, (CSharpParseOptions)project.Compilation.SyntaxTrees.First().Options);
        DocumentId? edited = null;
        foreach (SyntaxTree tree in project.Compilation.SyntaxTrees)
        {
            DocumentId documentId = DocumentId.CreateNewId(projectId);
            solution = solution.AddDocument(documentId, tree.FilePath, await tree.GetTextAsync());
            edited = tree.FilePath == "File0.cs" ? documentId : edited;
        }

        Document document = solution.GetDocument(edited)!;
        SyntaxTree its = (await document.GetSyntaxTreeAsync())!;
        TextSpan span = found.Location.SourceSpan;
        List<CodeAction> offered = [];
        await provider.RegisterCodeFixesAsync(new CodeFixContext(
            document, Diagnostic.Create(found.Descriptor, Location.Create(its, span)), (action, _) => offered.Add(action), CancellationToken.None));
        CodeActionOperation operation = Assert.Single(await Assert.Single(offered).GetOperationsAsync(CancellationToken.None));
        Document changed = ((ApplyChangesOperation)operation).ChangedSolution.GetDocument(edited)!;
        changed = await Simplifier.ReduceAsync(changed, Simplifier.Annotation);
        return (await changed.GetTextAsync()).ToString();
    }
}
