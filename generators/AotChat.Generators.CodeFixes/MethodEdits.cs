using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace AotChat.Generators.CodeFixes;

/// <summary>Changes a method's declaration, and nothing else of it.</summary>
internal static class MethodEdits
{
    private const string Context = "global::AotChat.Commands.CommandContext";

    /// <summary>Puts <c>static</c> where it belongs: behind the accessibility.</summary>
    public static MethodDeclarationSyntax MakeStatic(MethodDeclarationSyntax method)
    {
        int place = 0;
        while (place < method.Modifiers.Count && SyntaxFacts.IsAccessibilityModifier(method.Modifiers[place].Kind()))
        {
            place++;
        }

        SyntaxToken modifier = SyntaxFactory.Token(SyntaxKind.StaticKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (place > 0)
        {
            return method.WithModifiers(method.Modifiers.Insert(place, modifier));
        }

        // It becomes the first word, and takes over what stands in front of that: indentation, after the attributes.
        SyntaxToken first = method.Modifiers.Count > 0 ? method.Modifiers[0] : method.ReturnType.GetFirstToken();
        MethodDeclarationSyntax bare = method.ReplaceToken(first, first.WithLeadingTrivia());
        return bare.WithModifiers(bare.Modifiers.Insert(0, modifier.WithLeadingTrivia(first.LeadingTrivia)));
    }

    /// <summary>
    /// Makes the context the first parameter: one that stands elsewhere is moved there, and one that is missing is added.
    /// </summary>
    public static MethodDeclarationSyntax AddContext(MethodDeclarationSyntax method)
    {
        List<ParameterSyntax> parameters = [.. method.ParameterList.Parameters];
        ParameterSyntax? present = parameters.FirstOrDefault(IsContext);
        if (present is not null)
        {
            parameters.Remove(present);
        }

        // By its full name, which is shortened where the namespace is imported. What refers to another name must not break.
        ParameterSyntax context = SyntaxFactory.Parameter(present?.Identifier ?? SyntaxFactory.Identifier(FreeName(parameters)))
            .WithType(SyntaxFactory.ParseTypeName(Context).WithTrailingTrivia(SyntaxFactory.Space).WithAdditionalAnnotations(Simplifier.Annotation));
        parameters.Insert(0, context);
        SeparatedSyntaxList<ParameterSyntax> list = SyntaxFactory.SeparatedList(
            parameters,
            Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), parameters.Count - 1));
        return method.WithParameterList(method.ParameterList.WithParameters(list).WithAdditionalAnnotations(Formatter.Annotation));
    }

    /// <summary>Lets the method return <c>ValueTask</c> instead of nothing.</summary>
    public static MethodDeclarationSyntax ReturnValueTask(MethodDeclarationSyntax method) => method.WithReturnType(
        SyntaxFactory.ParseTypeName("global::System.Threading.Tasks.ValueTask")
            .WithTriviaFrom(method.ReturnType)
            .WithAdditionalAnnotations(Simplifier.Annotation));

    private static bool IsContext(ParameterSyntax parameter) => parameter.Type?.ToString() is "CommandContext" or "AotChat.Commands.CommandContext";

    private static string FreeName(List<ParameterSyntax> parameters)
    {
        string name = "context";
        while (parameters.Any(parameter => parameter.Identifier.ValueText == name))
        {
            name = "command" + char.ToUpperInvariant(name[0]) + name.Substring(1);
        }

        return name;
    }
}
