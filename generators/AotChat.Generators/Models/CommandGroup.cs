namespace AotChat.Generators.Models;

/// <summary>The commands of one class: what is written into one file, so that an edit writes only that anew.</summary>
/// <param name="Class">The class, from its namespace on.</param>
/// <param name="Commands">Its commands, in ordinal order of their names.</param>
internal sealed record CommandGroup(string Class, EquatableArray<CommandModel> Commands)
{
    private const string Root = "global::";

    /// <summary>All commands by their classes.</summary>
    public static IEnumerable<CommandGroup> AllOf(EquatableArray<CommandModel> commands) => commands
        .GroupBy(ClassOf)
        .Select(group => new CommandGroup(group.Key, new([.. group])));

    private static string ClassOf(CommandModel command) =>
        command.Method.Substring(Root.Length, command.Method.LastIndexOf('.') - Root.Length).Replace("@", "");
}
