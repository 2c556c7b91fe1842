using AotChat.Generators.Models;

namespace AotChat.Generators.Emit;

/// <summary>One argument of a command on its way through the generated method.</summary>
/// <param name="Parameter">What it is for.</param>
/// <param name="Word">The local that holds its bytes.</param>
/// <param name="Value">What is passed to the command: a local; of bytes, the same.</param>
/// <param name="Parsed">The local between the two: of a nullable value, of a list.</param>
internal sealed record CommandArgument(ParameterModel Parameter, string Word, string Value, string Parsed)
{
    // The generated method's own names, what it calls, and the discard, which would not keep what it is given.
    private static readonly string[] Own =
    [
        "context", "line", "at", "_", "ArgumentParser", "ArgumentReader", "CommandChoices", "Invalid", "NotAllowed", "NotFound", "RoomNotFound", "TimeSpan", "UserLevel",
    ];

    public static CommandArgument[] AllOf(CommandModel command)
    {
        LocalNames names = new(Own, command.Parameters.Select(parameter => parameter.Name));
        return [.. command.Parameters.Select(parameter => Create(parameter, names))];
    }

    /// <summary>What stands in the call.</summary>
    public string Passed => Parameter switch
    {
        { Kind: ParameterKind.Token } => "context.Gone",
        { Arity: Arity.List } => $"[.. {Value}]",
        _ => Value,
    };

    private static CommandArgument Create(ParameterModel parameter, LocalNames names)
    {
        string value = names.ValueOf(parameter.Name);
        string word = parameter.Kind == ParameterKind.Bytes ? value : names.Take(parameter.Name + "Word");
        return new(parameter, word, value, parameter.IsNullable || parameter.Arity == Arity.List ? names.Take(parameter.Name + "Value") : value);
    }
}
