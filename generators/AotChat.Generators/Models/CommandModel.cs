namespace AotChat.Generators.Models;

/// <summary>A command as the emitter needs it: values only, so that equal commands are equal.</summary>
/// <param name="Name">What a user types.</param>
/// <param name="Aliases">What a user may type instead.</param>
/// <param name="Method">The method to call, fully qualified.</param>
/// <param name="IsAsynchronous">Whether it returns a <c>ValueTask</c>.</param>
/// <param name="Parameters">Its grammar.</param>
/// <param name="Usage">The usage that <c>help</c> shows.</param>
/// <param name="Summary">The help text.</param>
/// <param name="Category">The heading that <c>help</c> lists it under.</param>
/// <param name="Level">The <c>UserLevel</c> that a caller needs, as C#; null where everyone may call it.</param>
/// <param name="Example">A call as somebody might type it; null where none is given.</param>
/// <param name="IsPrivate">Whether its text is for one alone.</param>
/// <param name="InvalidLine">The one line for every call that does not fit, where the attribute gives one.</param>
/// <param name="Suppression">The diagnostics that are off in its generated code.</param>
internal sealed record CommandModel(
    string Name,
    EquatableArray<string> Aliases,
    string Method,
    bool IsAsynchronous,
    EquatableArray<ParameterModel> Parameters,
    string Usage,
    string Summary,
    string Category,
    string? Level,
    string? Example,
    bool IsPrivate,
    string? InvalidLine,
    Suppression Suppression) : INamedModel;
