namespace AotChat.Generators.Models;

/// <summary>What became of one annotated method.</summary>
/// <param name="Model">The model, where the method is acceptable.</param>
/// <param name="Findings">What there is to say of it, and where: nothing here is part of the model.</param>
internal sealed record ParseResult<T>(T? Model, Findings Findings)
    where T : class;
