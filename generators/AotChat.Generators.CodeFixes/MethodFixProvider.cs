using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AotChat.Generators.CodeFixes;

/// <summary>What mends a method to which one of the generator's errors points.</summary>
public abstract class MethodFixProvider : CodeFixProvider
{
    /// <summary>What the editor calls it, with the method's name.</summary>
    protected abstract string TitleOf(string method);

    /// <summary>The method as it is to be.</summary>
    protected abstract MethodDeclarationSyntax Mend(MethodDeclarationSyntax method);

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method)
        {
            return;
        }

        string title = TitleOf(method.Identifier.ValueText);
        context.RegisterCodeFix(
            CodeAction.Create(
                title,
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(method, Mend(method)))),
                equivalenceKey: GetType().Name),
            context.Diagnostics);
    }
}
