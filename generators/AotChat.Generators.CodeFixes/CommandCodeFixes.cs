using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AotChat.Generators.CodeFixes;

/// <summary>Mends what is wrong with a command or a job and has one way to be right.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CommandCodeFixes))]
[Shared]
public sealed class CommandCodeFixes : CodeFixProvider
{
    private static readonly ImmutableDictionary<string, (string Title, Func<MethodDeclarationSyntax, MethodDeclarationSyntax> Mend)> Fixes =
        ImmutableDictionary.CreateRange(new Dictionary<string, (string, Func<MethodDeclarationSyntax, MethodDeclarationSyntax>)>
        {
            ["CHAT001"] = ("Make it static", MethodEdits.MakeStatic),
            ["CHAT002"] = ("Add the context parameter", MethodEdits.AddContext),
            ["CHAT014"] = ("Return ValueTask", MethodEdits.ReturnValueTask),
            ["CHAT101"] = ("Make it static", MethodEdits.MakeStatic),
        });

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [.. Fixes.Keys];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
                && Fixes.TryGetValue(diagnostic.Id, out (string Title, Func<MethodDeclarationSyntax, MethodDeclarationSyntax> Mend) fix))
            {
                Document mended = context.Document.WithSyntaxRoot(root.ReplaceNode(method, fix.Mend(method)));
                context.RegisterCodeFix(CodeAction.Create(fix.Title, _ => Task.FromResult(mended), diagnostic.Id), diagnostic);
            }
        }
    }
}
