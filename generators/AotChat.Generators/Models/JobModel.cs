namespace AotChat.Generators.Models;

/// <summary>A job as the emitter needs it: values only.</summary>
/// <param name="Name">The method's name without <c>Async</c>; what the job is called.</param>
/// <param name="Method">The method to call, fully qualified.</param>
/// <param name="IsAsynchronous">Whether its result has to be awaited.</param>
/// <param name="TakesToken">Whether its last parameter is a cancellation token.</param>
/// <param name="Parameters">Its arguments.</param>
/// <param name="Result">The type of its result.</param>
/// <param name="Traits">What its attribute says.</param>
/// <param name="StubAttributes">The attributes, as C#, that say of its stub that it is obsolete or experimental.</param>
/// <param name="Suppression">The diagnostics that are off in its generated code.</param>
internal sealed record JobModel(
    string Name,
    string Method,
    bool IsAsynchronous,
    bool TakesToken,
    EquatableArray<PayloadMemberModel> Parameters,
    PayloadModel Result,
    JobTraits Traits,
    EquatableArray<string> StubAttributes,
    Suppression Suppression) : INamedModel;
