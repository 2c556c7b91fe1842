namespace AotChat.Generators.Models;

/// <summary>What the values of a parameter are limited to.</summary>
/// <param name="Min">The smallest as C#, where there is one.</param>
/// <param name="Max">The largest as C#, where there is one.</param>
/// <param name="Text">What the value must be, for a person: <c>from 1 to 45</c>.</param>
/// <param name="Line">The whole line for a value outside, where the attribute gives one.</param>
internal sealed record LimitModel(string? Min, string? Max, string Text, string? Line);
