using AotChat.Generators.Diagnostics;

namespace AotChat.Generators.Models;

/// <summary>What is to be reported of one annotated method, or to be held against the others.</summary>
/// <param name="Claims">The names that it wants; none where they can't be names.</param>
/// <param name="Diagnostics">What is wrong with it by itself.</param>
internal sealed record Findings(EquatableArray<NameClaim> Claims, EquatableArray<DiagnosticInfo> Diagnostics);
