using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Diagnostics;

/// <summary>A diagnostic to be, as values. The descriptors are static, so they compare by reference.</summary>
internal sealed record DiagnosticInfo(DiagnosticDescriptor Descriptor, LocationInfo Location, EquatableArray<string> Arguments)
{
    public static DiagnosticInfo Create(DiagnosticDescriptor descriptor, Location location, params string[] arguments) =>
        Create(descriptor, LocationInfo.From(location), arguments);

    public static DiagnosticInfo Create(DiagnosticDescriptor descriptor, LocationInfo location, params string[] arguments) =>
        new(descriptor, location, new EquatableArray<string>([.. arguments]));

    public Diagnostic ToDiagnostic(Compilation compilation) =>
        Diagnostic.Create(Descriptor, Location.ToLocation(compilation), [.. Arguments]);
}
