using AotChat.Generators.Diagnostics;

namespace AotChat.Generators.Models;

/// <summary>All annotated methods of one kind together: those to generate for, and all that there is to say.</summary>
/// <param name="Models">The acceptable ones, each name once, in ordinal order of their names.</param>
/// <param name="Problems">What is reported, in order of path and position.</param>
internal sealed record Catalogue<T>(EquatableArray<T> Models, EquatableArray<DiagnosticInfo> Problems)
    where T : IEquatable<T>;
