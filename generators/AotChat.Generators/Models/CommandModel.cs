namespace AotChat.Generators.Models;

/// <summary>A command as the emitter needs it: values only, so that equal commands are equal.</summary>
/// <param name="Name">What a user types.</param>
/// <param name="Method">The method to call, fully qualified.</param>
/// <param name="IsAsynchronous">Whether it returns a <c>ValueTask</c>.</param>
/// <param name="Parameters">Its grammar.</param>
/// <param name="Usage">The usage that <c>help</c> shows.</param>
/// <param name="Summary">The help text.</param>
/// <param name="InvalidLine">The line for a call that does not fit.</param>
internal sealed record CommandModel(
    string Name,
    string Method,
    bool IsAsynchronous,
    EquatableArray<ParameterModel> Parameters,
    string Usage,
    string Summary,
    string InvalidLine);
