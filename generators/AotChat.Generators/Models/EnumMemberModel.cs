namespace AotChat.Generators.Models;

/// <summary>A member of an enum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; of an unsigned one the same bits.</param>
internal sealed record EnumMemberModel(string Name, long Value);
