namespace AotChat.Generators.Models;

/// <summary>An argument of a job, a member of a record, the element of an array.</summary>
/// <param name="Name">Its name in the source.</param>
/// <param name="Payload">Its type.</param>
internal sealed record PayloadMemberModel(string Name, PayloadModel Payload);
