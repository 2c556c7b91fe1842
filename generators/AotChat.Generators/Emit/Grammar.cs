using AotChat.Generators.Models;
using AotChat.Generators.Parsing;

namespace AotChat.Generators.Emit;

/// <summary>What generated code needs to know of each kind of parameter, and what users are told when a word does not fit.</summary>
internal static class Grammar
{
    /// <summary>The type of one value as C#.</summary>
    public static string TypeOf(ParameterModel parameter) => parameter.Kind switch
    {
        ParameterKind.Text => "string",
        ParameterKind.Boolean => "bool",
        ParameterKind.Int32 => "int",
        ParameterKind.Int64 => "long",
        ParameterKind.Double => "double",
        ParameterKind.Enum => parameter.Choices!.Type,
        _ => parameter.Kind.ToString(),
    };

    /// <summary>Whether it is a class, which needs no <c>Nullable</c> around it.</summary>
    public static bool IsReference(ParameterKind kind) => kind is ParameterKind.User or ParameterKind.Room or ParameterKind.Uri or ParameterKind.Text;

    /// <summary>What the answer to a call is made of that does not fit: the line of the command's own, or the problem and the usage.</summary>
    public static string Problem(CommandModel command, string what) =>
        command.InvalidLine is { } line ? Literal.Utf8(line) : WithUsage(command, what);

    /// <summary>The same for a word that is not what its parameter takes.</summary>
    public static string Misfit(CommandModel command, ParameterModel parameter) =>
        Problem(command, Subject(command, parameter) + MustBe(parameter));

    /// <summary>The same for a value beyond its limit. It tells the limit also where the command has a line of its own.</summary>
    public static string Beyond(CommandModel command, ParameterModel parameter)
    {
        string what = Subject(command, parameter) + parameter.Limit!.Text;
        return parameter.Limit.Line is { } line ? Literal.Utf8(line.Replace("{limit}", what)) : WithUsage(command, what);
    }

    // The usage apart: how a command is typed depends on where its caller is, which only the context knows.
    private static string WithUsage(CommandModel command, string what) =>
        $"{Literal.Utf8($"Invalid {command.Name} parameters: {what}")}, {Literal.Utf8(command.Usage)}";

    private static string Subject(CommandModel command, ParameterModel parameter)
    {
        if (!UsageWords.IsPlaceholder(parameter.Word))
        {
            // "on|off must be on or off" would say nothing.
            ParameterModel[] grammar = [.. command.Parameters.Where(other => other.IsGrammar)];
            return grammar.Length == 1 ? "the word " : $"word {Array.IndexOf(grammar, parameter) + 1} ";
        }

        return parameter.Arity == Arity.List ? $"each of {parameter.Word} " : parameter.Word + " ";
    }

    private static string MustBe(ParameterModel parameter) => parameter.Kind switch
    {
        ParameterKind.Boolean => "must be yes or no",
        ParameterKind.Int32 => "must be a whole number up to 2147483647",
        ParameterKind.Int64 => "must be a whole number up to 9223372036854775807",
        ParameterKind.BigInteger => "must be a whole number",
        ParameterKind.Double => "must be a number",
        ParameterKind.TimeSpan => "must be a time such as 90s, 5m or 1h30m",
        ParameterKind.DateTimeOffset => "must be a date and time such as 2024-02-29T23:59Z",
        ParameterKind.Uri => "must be a URL such as http://host/path",
        _ => "must be " + ListOf([.. parameter.Choices!.Members.Select(member => Typed(member))]),
    };

    /// <summary>What a user types for a member: case does not matter, so the form without capitals is shown.</summary>
    public static string Typed(EnumMemberModel member) => member.Name.ToLowerInvariant();

    private static string ListOf(string[] choices) => choices.Length == 1
        ? choices[0]
        : $"{string.Join(", ", choices.Take(choices.Length - 1))} or {choices[choices.Length - 1]}";
}
