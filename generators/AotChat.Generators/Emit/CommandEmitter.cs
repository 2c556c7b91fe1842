using AotChat.Generators.Models;

namespace AotChat.Generators.Emit;

/// <summary>Writes the dispatcher: the way to a command, the table behind <c>help</c>, and a method a command.</summary>
internal static class CommandEmitter
{
    public static string Emit(EquatableArray<CommandModel> commands)
    {
        SourceWriter source = new(Suppression.Of(commands));
        EmitUsings(source);
        source.Line("/// <summary>Finds the command that a line names, reads its arguments and calls it.</summary>");
        source.Line("internal static class CommandDispatcher");
        source.Open();
        EmitTable(source, commands);
        source.Line();
        EmitDispatch(source, commands);
        foreach (CommandModel command in commands)
        {
            source.Line();
            new CommandMethodEmitter(source, command).Emit(MethodOf(command.Name));
        }

        source.Close();
        return source.ToString();
    }

    // The search for a command by its name.
    private static void EmitDispatch(SourceWriter source, EquatableArray<CommandModel> commands)
    {
        source.Line("/// <summary>Runs one line. An empty one does nothing; case does not matter in the command's name.</summary>");
        source.Line("public static ValueTask DispatchAsync(CommandContext context, ReadOnlySpan<byte> line)");
        source.Open();
        source.Line("int start = ArgumentReader.StartOfWord(line, 0);");
        source.Line("int end = ArgumentReader.EndOfWord(line, start);");
        source.Line("ReadOnlySpan<byte> name = line[start..end];");
        source.Line("if (name.IsEmpty)");
        source.Open();
        source.Line("return default;");
        source.Close();
        source.Line();
        Queue<(NamedAction[] Names, string Method)> parts = [];
        NameSwitchEmitter search = new(source, "name", "CommandName.Matches", (names, path) =>
        {
            parts.Enqueue((names, "Find" + path));
            return [$"return Find{path}(context, name, line, end);"];
        });
        if (commands.Count > 0)
        {
            search.Emit(NamesOf(commands));
            source.Line();
        }

        source.Line("return Unknown(context, name);");
        source.Close();
        while (parts.Count > 0)
        {
            (NamedAction[] names, string method) = parts.Dequeue();
            source.Line();
            source.Line($"private static ValueTask {method}(CommandContext context, ReadOnlySpan<byte> name, ReadOnlySpan<byte> line, int end)");
            source.Open();
            search.EmitGroup(names, method.Substring("Find".Length));
            source.Line("return Unknown(context, name);");
            source.Close();
        }

        EmitAnswer(source, "Unknown", "ReadOnlySpan<byte> name", "UnknownCommand(name)");
        EmitAnswer(source, "Invalid", "ReadOnlySpan<byte> line", "InvalidCall(line)");
        EmitAnswer(source, "Invalid", "ReadOnlySpan<byte> problem, ReadOnlySpan<byte> usage", "InvalidCall(problem, usage)");
        EmitAnswer(source, "NotAllowed", "UserLevel required", "NotAllowed(required)");
        EmitAnswer(source, "NotFound", "ReadOnlySpan<byte> name", "UserNotFound(name)");
        if (commands.Any(command => command.Parameters.Any(parameter => parameter.Kind == ParameterKind.Room)))
        {
            EmitAnswer(source, "RoomNotFound", "ReadOnlySpan<byte> name", "RoomNotFound(name)");
        }
    }

    private static void EmitTable(SourceWriter source, EquatableArray<CommandModel> commands)
    {
        source.Line("/// <summary>All commands, in ordinal order of their names.</summary>");
        source.Line("public static ReadOnlySpan<CommandInfo> All => Table;");
        source.Line();
        source.Line("private static readonly CommandInfo[] Table =");
        source.Line("[");
        source.Indent();
        foreach (CommandModel command in commands)
        {
            source.Line(
                $"new({Literal.Text(command.Name)}, [{string.Join(", ", command.Aliases.Select(Literal.Text))}], {Literal.Text(command.Usage)}, "
                + $"{Literal.Text(command.Summary)}, {Literal.Text(command.Category)}, {command.Level ?? "UserLevel.Everyone"}){InitializerOf(command)},");
        }

        source.Unindent().Line("];");
    }

    // What most commands do not say of themselves.
    private static string InitializerOf(CommandModel command)
    {
        List<string> values = [];
        if (command.Example is { } example)
        {
            values.Add($"Example = {Literal.Text(example)}");
        }

        if (command.IsPrivate)
        {
            values.Add($"IsPrivate = true, RequiredWords = {command.Parameters.Count(parameter => parameter is { IsGrammar: true, IsOptional: false })}");
        }

        return values.Count == 0 ? "" : $" {{ {string.Join(", ", values)} }}";
    }

    /// <summary>Begins a file with commands in it.</summary>
    public static void EmitUsings(SourceWriter source)
    {
        source.Line("using System;");
        source.Line("using System.Collections.Generic;");
        source.Line("using System.Numerics;");
        source.Line("using System.Text;");
        source.Line("using System.Threading.Tasks;");
        source.Line("using AotChat.Chat;");
        source.Line();
        source.Line("namespace AotChat.Commands;");
        source.Line();
    }

    // All names and aliases, in ordinal order. An alias that is taken was reported, and is left out so that the
    // compiler does not complain as well.
    private static NamedAction[] NamesOf(EquatableArray<CommandModel> commands)
    {
        SortedDictionary<string, string> methodByName = new(StringComparer.Ordinal);
        foreach (CommandModel command in commands)
        {
            methodByName.Add(command.Name, MethodOf(command.Name));
        }

        foreach (CommandModel command in commands)
        {
            foreach (string alias in command.Aliases.Where(alias => !methodByName.ContainsKey(alias)))
            {
                methodByName.Add(alias, MethodOf(command.Name));
            }
        }

        return [.. methodByName.Select(pair => new NamedAction(pair.Key, [$"return {pair.Value}(context, line, end);"]))];
    }

    // What a command's method returns when it does not call the command.
    private static void EmitAnswer(SourceWriter source, string method, string parameter, string call)
    {
        source.Line();
        source.Line($"private static ValueTask {method}(CommandContext context, {parameter})");
        source.Open();
        source.Line($"context.{call};");
        source.Line("return default;");
        source.Close();
    }

    // "Run" in front, so that no command collides with the dispatcher's own methods.
    private static string MethodOf(string name) => "Run" + Literal.PascalCase(name);
}
