using AotChat.Generators.Diagnostics;
using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Parsing;

/// <summary>What commands and jobs have in common: they are methods that generated code calls.</summary>
internal static class MethodSyntax
{
    /// <summary>Whether code elsewhere in the assembly can call it by its name alone.</summary>
    public static bool IsCallable(IMethodSymbol method)
    {
        if (method.IsGenericMethod)
        {
            return false;
        }

        for (ISymbol? symbol = method; symbol is IMethodSymbol or INamedTypeSymbol; symbol = symbol.ContainingType)
        {
            if (symbol.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal
                || symbol is INamedTypeSymbol { IsGenericType: true } or INamedTypeSymbol { IsFileLocal: true })
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The answer to an attribute on what is no method of its own: a local function, an accessor, an operator.</summary>
    public static ParseResult<T> Refuse<T>(GeneratorAttributeSyntaxContext source, DiagnosticDescriptor notCallable)
        where T : class
    {
        return new(null, new Findings(
            EquatableArray<NameClaim>.Empty, new([DiagnosticInfo.Create(notCallable, AttributeValues.PlaceOf(source.Attributes[0]), source.TargetSymbol.Name)])));
    }
}
