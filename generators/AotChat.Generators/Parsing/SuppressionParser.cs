using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AotChat.Generators.Parsing;

/// <summary>
/// Collects the diagnostics that a call of a method in generated code would have: it looks for obsolete and experimental
/// symbols among the method, the types in its signature, their members, and the types around all of them.
/// </summary>
internal sealed class SuppressionParser
{
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly SortedSet<string> _ids = new(StringComparer.Ordinal);
    private bool _isError;

    private SuppressionParser()
    {
    }

    /// <summary>The diagnostics of a call of the method.</summary>
    public static Suppression Parse(IMethodSymbol method)
    {
        SuppressionParser parser = new();
        parser.Add(method);
        parser.Add(method.ReturnType);
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            parser.Add(parameter.Type);
        }

        return new(new([.. parser._ids]), parser._isError);
    }

    /// <summary>
    /// The attributes, as C#, that the stub of a job needs so that the compiler reports a call of the stub as it would
    /// report a call of the job.
    /// </summary>
    public static EquatableArray<string> AttributesFor(IMethodSymbol method)
    {
        List<string> attributes = [];
        foreach (Func<AttributeData, bool> isWanted in new Func<AttributeData, bool>[] { IsObsolete, IsExperimental })
        {
            ISymbol? symbol = method;
            AttributeData? found = null;
            while (found is null && symbol is IMethodSymbol or INamedTypeSymbol)
            {
                found = symbol.GetAttributes().FirstOrDefault(isWanted);
                symbol = symbol.ContainingType;
            }

            if (found is not null)
            {
                attributes.Add(Write(found));
            }
        }

        return new([.. attributes]);
    }

    // The generated file has a using of System.
    private static string Write(AttributeData attribute)
    {
        string[] arguments =
        [
            .. attribute.ConstructorArguments.Select(argument => argument.ToCSharpString()),
            .. attribute.NamedArguments.Select(argument => $"{argument.Key} = {argument.Value.ToCSharpString()}"),
        ];
        string name = IsObsolete(attribute) ? "Obsolete" : "global::System.Diagnostics.CodeAnalysis.Experimental";
        return arguments.Length == 0 ? $"[{name}]" : $"[{name}({string.Join(", ", arguments)})]";
    }

    private void Add(ISymbol? symbol)
    {
        for (; symbol is IMethodSymbol or IPropertySymbol or IFieldSymbol or INamedTypeSymbol; symbol = symbol.ContainingType)
        {
            foreach (AttributeData attribute in symbol.GetAttributes())
            {
                Add(attribute);
            }
        }
    }

    private void Add(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            Add(array.ElementType);
            return;
        }

        if (type is not INamedTypeSymbol named || !_seen.Add(named))
        {
            return;
        }

        Add((ISymbol)named);
        foreach (ITypeSymbol argument in named.TypeArguments)
        {
            Add(argument);
        }

        if (named.TypeKind == TypeKind.Enum)
        {
            foreach (ISymbol member in named.GetMembers())
            {
                Add(member);
            }
        }
        else if (named.IsRecord)
        {
            AddRecord(named);
        }
    }

    private void AddRecord(INamedTypeSymbol record)
    {
        foreach (IMethodSymbol constructor in record.InstanceConstructors)
        {
            Add(constructor);
        }

        foreach (IPropertySymbol property in record.GetMembers().OfType<IPropertySymbol>())
        {
            Add(property);
            Add(property.Type);
        }
    }

    private void Add(AttributeData attribute)
    {
        if (IsExperimental(attribute))
        {
            AddId(attribute.ConstructorArguments.FirstOrDefault().Value as string);
        }
        else if (IsObsolete(attribute))
        {
            _isError |= attribute.ConstructorArguments.LastOrDefault().Value is true;
            AddId(attribute.ValueOf<string?>("DiagnosticId", null));
        }
    }

    private void AddId(string? id)
    {
        if (id is not null && SyntaxFacts.IsValidIdentifier(id))
        {
            _ids.Add(id);
        }
        else
        {
            // A pragma takes identifiers only.
            _isError |= id is not null;
        }
    }

    private static bool IsObsolete(AttributeData attribute) => attribute.AttributeClass.Is("ObsoleteAttribute", "System");

    private static bool IsExperimental(AttributeData attribute) =>
        attribute.AttributeClass.Is("ExperimentalAttribute", "CodeAnalysis", "Diagnostics", "System");
}
