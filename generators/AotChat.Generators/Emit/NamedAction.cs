namespace AotChat.Generators.Emit;

/// <summary>A name to search for, and what is done where it is found.</summary>
/// <param name="Name">The name.</param>
/// <param name="Lines">Statements, of which the last leaves the method.</param>
internal sealed record NamedAction(string Name, string[] Lines);
