using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AotChat.Generators.Incremental;

/// <summary>
/// One attribute of a method as text: where in the file's declarations the method stands, and all that is written from
/// its comment to its body. Under the same <see cref="Declarations"/> the same text means the same.
/// </summary>
internal sealed class SignatureText : IEquatable<SignatureText>
{
    private readonly string _path;
    private readonly string _text;

    private SignatureText(string path, string text, int start)
    {
        _path = path;
        _text = text;
        Start = start;
    }

    /// <summary>Where in the file the text begins; not part of it.</summary>
    public int Start { get; }

    /// <summary>The text of a method's attribute; null of anything else, and where a directive could change its meaning.</summary>
    public static SignatureText? Of(AttributeSyntax attribute)
    {
        if (attribute.Parent?.Parent is not MethodDeclarationSyntax method
            || !method.Parent.IsKind(SyntaxKind.ClassDeclaration)
            || HasDirectives(method))
        {
            return null;
        }

        int start = method.FullSpan.Start;
        int end = method.Body?.SpanStart ?? method.ExpressionBody?.SpanStart ?? method.Span.End;
        StringBuilder text = new();
        for (SyntaxNode? around = method.Parent; around is MemberDeclarationSyntax; around = around.Parent)
        {
            // By number: a namespace may be opened twice in a file, with other usings.
            text.Append(IndexOf((MemberDeclarationSyntax)around)).Append(' ');
        }

        text.Append(attribute.SpanStart - start).Append(' ').Append(method.SyntaxTree.GetText().ToString(TextSpan.FromBounds(start, end)));
        return new SignatureText(method.SyntaxTree.FilePath, text.ToString(), start);
    }

    public bool Equals(SignatureText? other) => other is not null && _text == other._text && _path == other._path;

    public override bool Equals(object? obj) => Equals(obj as SignatureText);

    public override int GetHashCode() => _text.GetHashCode();

    // #nullable changes the meaning of what stands below it.
    private static bool HasDirectives(MethodDeclarationSyntax method) => method.SyntaxTree.GetRoot().ContainsDirectives;

    private static int IndexOf(MemberDeclarationSyntax member)
    {
        int index = 0;
        foreach (SyntaxNode sibling in member.Parent!.ChildNodes())
        {
            if (sibling == member)
            {
                break;
            }

            index += sibling is BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax ? 1 : 0;
        }

        return index;
    }
}
