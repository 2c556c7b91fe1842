using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AotChat.Generators.CodeFixes;

/// <summary>Makes a command, a job or a hook static.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeStaticFixProvider)), Shared]
public sealed class MakeStaticFixProvider : MethodFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["CHAT001", "CHAT101", "CHAT201"];

    /// <inheritdoc/>
    protected override string TitleOf(string method) => $"Make '{method}' static";

    /// <inheritdoc/>
    protected override MethodDeclarationSyntax Mend(MethodDeclarationSyntax method)
    {
        SyntaxToken modifier = SyntaxFactory.Token(SyntaxKind.StaticKeyword).WithTrailingTrivia(SyntaxFactory.Space);

        // Behind the accessibility, in front of async and the like, which is the usual order.
        int place = 0;
        while (place < method.Modifiers.Count && SyntaxFacts.IsAccessibilityModifier(method.Modifiers[place].Kind()))
        {
            place++;
        }

        if (place > 0)
        {
            return method.WithModifiers(method.Modifiers.Insert(place, modifier));
        }

        // The first word of the method gives it what stands in front: indentation, and comments where there is no attribute.
        SyntaxToken first = method.Modifiers.Count > 0 ? method.Modifiers[0] : method.ReturnType.GetFirstToken();
        MethodDeclarationSyntax bare = method.ReplaceToken(first, first.WithLeadingTrivia());
        return bare.WithModifiers(bare.Modifiers.Insert(0, modifier.WithLeadingTrivia(first.LeadingTrivia)));
    }
}
