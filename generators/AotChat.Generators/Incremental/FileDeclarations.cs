using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AotChat.Generators.Incremental;

/// <summary>
/// What a file declares that the signature of a method, here or in another file, can refer to. Methods, bodies, comments
/// and white space are no part of it.
/// </summary>
internal sealed class FileDeclarations
{
    // FNV-1a, 64 bits: a change that it misses is less likely than a broken disk.
    private const ulong Offset = 0xCBF29CE484222325UL;
    private const ulong Prime = 0x100000001B3UL;

    private ulong _hash = Offset;

    private FileDeclarations(SyntaxNode root) => Add(root, isWhole: false);

    /// <summary>All of it, summed up.</summary>
    public ulong Hash => _hash;

    /// <summary>Whether a using gives something another name: then an attribute may be called anything.</summary>
    public bool HasAliases { get; private set; }

    public static FileDeclarations Of(SyntaxTree tree) => new(tree.GetRoot());

    private void Add(SyntaxNode node, bool isWhole)
    {
        foreach (SyntaxNodeOrToken child in node.ChildNodesAndTokens())
        {
            if (child.IsToken)
            {
                Add(child.AsToken());
            }
            else if (child.AsNode() is { } inner && IsReferredTo(inner, isWhole))
            {
                HasAliases |= inner is UsingDirectiveSyntax { Alias: not null };
                Add(inner, IsWhole(inner));
            }
        }
    }

    // Types of which constructors and properties count as well: attributes are made with them, and records cross the pipe.
    private static bool IsWhole(SyntaxNode node) =>
        node is RecordDeclarationSyntax
        || (node is ClassDeclarationSyntax type && type.Identifier.ValueText.EndsWith("Attribute", StringComparison.Ordinal));

    private static bool IsReferredTo(SyntaxNode node, bool isWhole) => node switch
    {
        BlockSyntax or ArrowExpressionClauseSyntax or ConstructorInitializerSyntax or GlobalStatementSyntax => false,
        FieldDeclarationSyntax field => isWhole || field.Modifiers.Any(SyntaxKind.ConstKeyword),

        // Both parts of a partial method belong to one: an attribute may stand on the other.
        MethodDeclarationSyntax method => isWhole || method.Modifiers.Any(SyntaxKind.PartialKeyword),
        BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or EventFieldDeclarationSyntax => isWhole,
        _ => true,
    };

    private void Add(SyntaxToken token)
    {
        // The kind as well, between the texts: "a b" is not "ab".
        _hash = unchecked((_hash ^ (uint)token.RawKind) * Prime);
        foreach (char unit in token.Text)
        {
            _hash = unchecked((_hash ^ unit) * Prime);
        }
    }
}
