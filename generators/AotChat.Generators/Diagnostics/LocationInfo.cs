using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AotChat.Generators.Diagnostics;

/// <summary>A place in the source as values: a <see cref="Location"/> would keep the whole syntax tree alive.</summary>
internal sealed record LocationInfo(string Path, TextSpan Span)
{
    public static LocationInfo From(Location location) => new(location.SourceTree?.FilePath ?? "", location.SourceSpan);

    /// <summary>The place in the compilation's own tree of that path.</summary>
    public Location ToLocation(Compilation compilation)
    {
        // Two trees may share a path (an empty one, say); a span that does not fit would be refused as a bug of ours.
        SyntaxTree? tree = compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == Path && tree.Length >= Span.End);
        return tree is null ? Location.None : Location.Create(tree, Span);
    }
}
