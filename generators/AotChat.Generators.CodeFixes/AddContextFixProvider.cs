using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace AotChat.Generators.CodeFixes;

/// <summary>Gives a command the context as its first parameter.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddContextFixProvider)), Shared]
public sealed class AddContextFixProvider : MethodFixProvider
{
    private const string ContextType = "global::AotChat.Commands.CommandContext";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["CHAT002"];

    /// <inheritdoc/>
    protected override string TitleOf(string method) => $"Add 'CommandContext context' to '{method}'";

    /// <inheritdoc/>
    protected override MethodDeclarationSyntax Mend(MethodDeclarationSyntax method)
    {
        List<ParameterSyntax> others = [.. method.ParameterList.Parameters];
        ParameterSyntax? present = others.FirstOrDefault(IsContext);
        if (present is not null)
        {
            // It is there, but not in front: what calls it by its name goes on to do so.
            others.Remove(present);
            SyntaxToken separator = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
            ParameterSyntax[] moved = [present.WithoutTrivia(), .. others.Select(parameter => parameter.WithoutTrivia())];
            return method.WithParameterList(method.ParameterList.WithParameters(
                SyntaxFactory.SeparatedList(moved, Enumerable.Repeat(separator, moved.Length - 1))));
        }

        // Written out, and shortened by the editor to what the usings allow.
        TypeSyntax type = SyntaxFactory.ParseTypeName(ContextType)
            .WithTrailingTrivia(SyntaxFactory.Space)
            .WithAdditionalAnnotations(Simplifier.Annotation);
        ParameterSyntax context = SyntaxFactory.Parameter(SyntaxFactory.Identifier(NameIn(method))).WithType(type);
        ParameterSyntax[] all = [context, .. others];
        SyntaxToken comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return method.WithParameterList(method.ParameterList.WithParameters(
            SyntaxFactory.SeparatedList(all, others.Count == 0 ? [] : [comma, .. method.ParameterList.Parameters.GetSeparators()])));
    }

    private static bool IsContext(ParameterSyntax parameter) => parameter is { Modifiers.Count: 0, Type: { } type }
        && type.ToString() is "CommandContext" or "AotChat.Commands.CommandContext";

    private static string NameIn(MethodDeclarationSyntax method)
    {
        string name = "context";
        while (method.ParameterList.Parameters.Any(parameter => parameter.Identifier.ValueText == name))
        {
            name = "command" + char.ToUpperInvariant(name[0]) + name.Substring(1);
        }

        return name;
    }
}
