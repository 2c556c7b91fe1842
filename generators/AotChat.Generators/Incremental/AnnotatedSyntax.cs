using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Incremental;

/// <summary>What carries one of our attributes. It lives while it is parsed, and in no model.</summary>
/// <param name="Target">The syntax that carries it.</param>
/// <param name="Symbol">What that declares.</param>
/// <param name="Attribute">The attribute as it was bound.</param>
internal readonly record struct AnnotatedSyntax(SyntaxNode Target, ISymbol Symbol, AttributeData Attribute);
