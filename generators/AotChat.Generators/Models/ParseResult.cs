using AotChat.Generators.Diagnostics;

namespace AotChat.Generators.Models;

/// <summary>What became of one annotated method: a model, or the reasons why there is none (warnings may come with a model).</summary>
/// <param name="Model">The model, where the method is acceptable.</param>
/// <param name="Name">Its name, for the search for duplicates; null where it has none that could be taken.</param>
/// <param name="Aliases">Its other names.</param>
/// <param name="Diagnostics">What there is to say.</param>
internal sealed record ParseResult<T>(
    T? Model, NameClaim? Name, EquatableArray<NameClaim> Aliases, EquatableArray<DiagnosticInfo> Diagnostics)
    where T : class;
