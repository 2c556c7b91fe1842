using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AotChat.Generators.Diagnostics;

/// <summary>A place in the source as values: a <see cref="Location"/> would keep the whole syntax tree alive.</summary>
internal sealed record LocationInfo(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static LocationInfo From(Location location) =>
        new(location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
