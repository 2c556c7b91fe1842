namespace AotChat.Generators.Models;

/// <summary>One parameter of a command, behind the context.</summary>
/// <param name="Name">Its name in the source.</param>
/// <param name="Word">What usage and errors call it: <c>USER</c>; where the attribute gives the usage, the word that stands there.</param>
/// <param name="Kind">What it takes; of a list, what each word is.</param>
/// <param name="Arity">How much of the line it takes.</param>
/// <param name="IsNullable">Whether it is a nullable value, which needs a step more to fill.</param>
/// <param name="Default">Its default as C#, where it may be missing; otherwise null.</param>
/// <param name="Choices">The enum, where it is one.</param>
/// <param name="Limit">What its values are limited to, where they are.</param>
internal sealed record ParameterModel(
    string Name,
    string Word,
    ParameterKind Kind,
    Arity Arity,
    bool IsNullable,
    string? Default,
    EnumModel? Choices,
    LimitModel? Limit)
{
    /// <summary>Whether the line has a place for it.</summary>
    public bool IsGrammar => Kind != ParameterKind.Token;

    /// <summary>Whether a call may leave it out.</summary>
    public bool IsOptional => Default is not null || Arity == Arity.List;
}
