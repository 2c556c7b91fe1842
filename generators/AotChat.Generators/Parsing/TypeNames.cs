using AotChat.Generators.Emit;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Parsing;

/// <summary>Recognises types by name; without building the name as text, since this runs for every parameter at every edit.</summary>
internal static class TypeNames
{
    /// <summary>Whether the type has this name in this namespace, and does not stand inside of another type.</summary>
    public static bool Is(this ITypeSymbol? type, string name, params string[] reversedNamespace) =>
        type is { ContainingType: null } && type.Name == name && IsIn(type.ContainingNamespace, reversedNamespace);

    /// <summary>The attribute of this name, where the symbol carries it.</summary>
    public static AttributeData? CommandAttributeOf(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(data => data.AttributeClass.Is(name, "Commands", "AotChat"));

    /// <summary>The method as generated code writes it, from <c>global::</c> on.</summary>
    public static string PathOf(IMethodSymbol method) => $"{PathOf(method.ContainingType)}.{Literal.Identifier(method.Name)}";

    /// <summary>The type as generated code writes it, from <c>global::</c> on.</summary>
    public static string PathOf(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>The type as a person writes it.</summary>
    public static string ShortName(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static bool IsIn(INamespaceSymbol space, string[] reversed)
    {
        foreach (string part in reversed)
        {
            if (space is null || space.Name != part)
            {
                return false;
            }

            space = space.ContainingNamespace;
        }

        return space is { IsGlobalNamespace: true };
    }
}
