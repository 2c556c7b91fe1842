namespace AotChat.Generators.Models;

/// <summary>One argument of a job.</summary>
/// <param name="Name">Its name in the source.</param>
/// <param name="Type">Its type.</param>
internal sealed record JobParameterModel(string Name, PayloadType Type);
