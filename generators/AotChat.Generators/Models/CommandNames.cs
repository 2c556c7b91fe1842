namespace AotChat.Generators.Models;

/// <summary>What a command is called: all that the search for it depends on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Aliases">Its other names.</param>
internal sealed record CommandNames(string Name, EquatableArray<string> Aliases);
