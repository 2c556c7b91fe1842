using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AotChat.Generators.Models;
using AotChat.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AotChat.Generators.Incremental;

/// <summary>
/// Finds what carries an attribute and parses it, and remembers the result until something is declared that could
/// change it. The compiler's own search for attributes binds each of them anew at every edit: with 500 commands that
/// takes longer than everything else together.
/// </summary>
/// <remarks>
/// A result is found again by its very syntax, in a file that was not edited, or by the text of its signature, in one
/// that was. With or without a memory it is the same; a build begins without one. It holds on to no syntax.
/// </remarks>
internal sealed class AttributeMemo<T>(string name, string space, Func<AnnotatedSyntax, CancellationToken, ParseResult<T>> parse)
    where T : class
{
    private const string Suffix = "Attribute";

    // Who types in a signature leaves one behind with every key.
    private const int MostRemembered = 8192;

    private readonly ConditionalWeakTable<SyntaxNode, Entry> _bySyntax = new();
    private Memory _memory = new(null);

    /// <summary>Whether this is an attribute of a method, or of what is called one: an accessor, an operator.</summary>
    public static bool IsCandidate(SyntaxNode node) => node is AttributeSyntax
    {
        Parent.Parent: BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax or LambdaExpressionSyntax,
    };

    /// <summary>What became of the attribute; null where it is another one.</summary>
    public ParseResult<T>? ResultOf(GeneratorSyntaxContext context, CancellationToken cancellation)
    {
        Memory memory = MemoryOf(Declarations.Of(context.SemanticModel.Compilation));
        AttributeSyntax attribute = (AttributeSyntax)context.Node;
        if (!memory.Declarations!.HaveAliases && !IsNamed(attribute.Name))
        {
            return null;
        }

        if (_bySyntax.TryGetValue(attribute, out Entry? known) && known.Declarations == memory.Declarations)
        {
            return known.Result;
        }

        ParseResult<T>? result = ResultOf(attribute, memory, context.SemanticModel, cancellation);
        _bySyntax.Remove(attribute);
        _ = _bySyntax.GetValue(attribute, _ => new Entry(memory.Declarations, result));
        return result;
    }

    private ParseResult<T>? ResultOf(AttributeSyntax attribute, Memory memory, SemanticModel model, CancellationToken cancellation)
    {
        if (SignatureText.Of(attribute) is not { } signature)
        {
            return Parse(attribute, model, cancellation);
        }

        if (memory.BySignature.TryGetValue(signature, out Placed? known))
        {
            return known.Result is null ? null : known.Result with { Findings = known.Result.Findings.Moved(signature.Start - known.Start) };
        }

        ParseResult<T>? result = Parse(attribute, model, cancellation);
        if (memory.BySignature.Count >= MostRemembered)
        {
            memory.BySignature.Clear();
        }

        memory.BySignature[signature] = new Placed(signature.Start, result);
        return result;
    }

    private ParseResult<T>? Parse(AttributeSyntax attribute, SemanticModel model, CancellationToken cancellation)
    {
        SyntaxNode target = attribute.Parent!.Parent!;
        if (model.GetDeclaredSymbol(target, cancellation) is not { } symbol)
        {
            return null;
        }

        AttributeData? data = symbol.GetAttributes().FirstOrDefault(data =>
            data.ApplicationSyntaxReference is { } place
            && place.Span == attribute.Span
            && place.SyntaxTree == attribute.SyntaxTree
            && data.AttributeClass.Is(name, space, "AotChat"));
        return data is null ? null : parse(new AnnotatedSyntax(target, symbol, data), cancellation);
    }

    // What was remembered under other declarations is forgotten. Two runs at a time may forget each other's: no more
    // than time is lost by that.
    private Memory MemoryOf(Declarations declarations)
    {
        Memory memory = Volatile.Read(ref _memory);
        if (!declarations.Equals(memory.Declarations))
        {
            memory = new Memory(declarations);
            Volatile.Write(ref _memory, memory);
        }

        return memory;
    }

    // As it is usually written: with or without the suffix, behind whatever namespace.
    private bool IsNamed(NameSyntax written)
    {
        string last = written switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return last == name || (last.Length + Suffix.Length == name.Length && name.StartsWith(last, StringComparison.Ordinal));
    }

    private sealed record Entry(Declarations? Declarations, ParseResult<T>? Result);

    private sealed record Placed(int Start, ParseResult<T>? Result);

    private sealed class Memory(Declarations? declarations)
    {
        public Declarations? Declarations { get; } = declarations;

        public ConcurrentDictionary<SignatureText, Placed> BySignature { get; } = new();
    }
}
