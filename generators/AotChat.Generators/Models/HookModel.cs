namespace AotChat.Generators.Models;

/// <summary>A hook as the emitter needs it.</summary>
/// <param name="Event">What it is called for: <c>OnJoin</c>, <c>OnLeave</c> or <c>OnSaid</c>.</param>
/// <param name="Method">The method to call, fully qualified.</param>
/// <param name="HasRoom">Whether it takes the room.</param>
/// <param name="TakesText">Whether it takes what was said as a <c>string</c>.</param>
/// <param name="IsAsynchronous">Whether it returns a <c>ValueTask</c>.</param>
/// <param name="Suppression">The diagnostics that are off in its generated code.</param>
internal sealed record HookModel(
    string Event, string Method, bool HasRoom, bool TakesText, bool IsAsynchronous, Suppression Suppression) : INamedModel
{
    /// <summary>Its own: any number of hooks are called for one event, in order of their names.</summary>
    public string Name => $"{Method} {Event} {HasRoom} {TakesText}";
}
