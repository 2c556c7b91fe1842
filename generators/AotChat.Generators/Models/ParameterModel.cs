namespace AotChat.Generators.Models;

/// <summary>One parameter of a command, behind the context.</summary>
/// <param name="Name">Its name in the source.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="TakesRest">Whether it takes the rest of the line instead of one word.</param>
/// <param name="IsNullable">Whether it is a nullable value, which needs a step more to fill.</param>
/// <param name="Default">Its default as C#, where it may be missing; otherwise null.</param>
internal sealed record ParameterModel(string Name, ParameterKind Kind, bool TakesRest, bool IsNullable, string? Default);
