using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Incremental;

/// <summary>
/// Everything in a compilation that the signature of a method can refer to: types, their names and kinds, constants,
/// usings, references, options; not what methods are there, nor what is in them. Two compilations with equal ones give
/// the same syntax the same meaning, so what was made of it before a key stroke in some method still holds after it.
/// </summary>
internal sealed class Declarations : IEquatable<Declarations>
{
    // As long as somebody else holds the tree or the compilation: an edit makes one new tree.
    private static readonly ConditionalWeakTable<Compilation, Declarations> ByCompilation = new();
    private static readonly ConditionalWeakTable<SyntaxTree, FileDeclarations> ByTree = new();

    private readonly CompilationOptions _options;
    private readonly ImmutableArray<MetadataReference> _references;
    private readonly ImmutableArray<ulong> _files;

    private Declarations(Compilation compilation)
    {
        _options = compilation.Options;
        _references = [.. compilation.References];
        ImmutableArray<ulong>.Builder files = ImmutableArray.CreateBuilder<ulong>();
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            FileDeclarations file = ByTree.GetValue(tree, FileDeclarations.Of);
            HaveAliases |= file.HasAliases;
            files.Add(file.Hash);
        }

        _files = files.ToImmutable();
    }

    /// <summary>Whether a using somewhere gives something another name.</summary>
    public bool HaveAliases { get; }

    /// <summary>Those of a compilation; worked out once, and for a file that another had already not at all.</summary>
    public static Declarations Of(Compilation compilation) => ByCompilation.GetValue(compilation, static compilation => new(compilation));

    public bool Equals(Declarations? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && ReferenceEquals(_options, other._options)
            && _references.SequenceEqual(other._references, static (one, another) => ReferenceEquals(one, another))
            && _files.SequenceEqual(other._files));

    public override bool Equals(object? obj) => Equals(obj as Declarations);

    public override int GetHashCode() => _files.Length;
}
