using AotChat.Generators.Models;

namespace AotChat.Generators.Emit;

/// <summary>Writes the dispatcher: the table behind <c>help</c>, the way to a command, and a method a command.</summary>
internal static class CommandEmitter
{
    // The compiler that runs while one debugs gives up optimizing a method of some two thousand branches.
    private const int MostInOneMethod = 100;

    public static string Emit(EquatableArray<CommandModel> commands)
    {
        SourceWriter source = new();
        source.Line("using System;");
        source.Line("using System.Collections.Generic;");
        source.Line("using System.Numerics;");
        source.Line("using System.Text;");
        source.Line("using System.Threading.Tasks;");
        source.Line("using AotChat.Chat;");
        source.Line();
        source.Line("namespace AotChat.Commands;");
        source.Line();
        source.Line("/// <summary>Finds the command that a line names, reads its arguments and calls it.</summary>");
        source.Line("internal static class CommandDispatcher");
        source.Open();
        EmitTable(source, commands);
        source.Line();
        string[] methods = MethodNamesOf(commands);
        EmitDispatch(source, commands, methods);
        ChoiceEmitter choices = new(commands);
        for (int i = 0; i < commands.Count; i++)
        {
            source.Line();
            new CommandMethodEmitter(source, commands[i], choices).Emit(methods[i]);
        }

        choices.Emit(source);
        EmitAnswer(source, "Invalid", "ReadOnlySpan<byte> line", "InvalidCall(line)");
        EmitAnswer(source, "NotAllowed", "UserLevel required", "NotAllowed(required)");
        EmitAnswer(source, "NotFound", "ReadOnlySpan<byte> name", "UserNotFound(name)");
        source.Close();
        return source.ToString();
    }

    private static void EmitTable(SourceWriter source, EquatableArray<CommandModel> commands)
    {
        source.Line("private static readonly CommandInfo[] Table =");
        source.Line("[");
        source.Indent();
        foreach (CommandModel command in commands)
        {
            source.Line(
                $"new({Literal.Text(command.Name)}, [{string.Join(", ", command.Aliases.Select(Literal.Text))}], {Literal.Text(command.Usage)}, "
                + $"{Literal.Text(command.Summary)}, {Literal.Text(command.Category)}, UserLevel.{command.Level ?? "Everyone"}){InitializerOf(command)},");
        }

        source.Unindent();
        source.Line("];");
        source.Line();
        source.Line("/// <summary>All commands, in ordinal order of their names.</summary>");
        source.Line("public static ReadOnlySpan<CommandInfo> All => Table;");
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

    private static void EmitDispatch(SourceWriter source, EquatableArray<CommandModel> commands, string[] methods)
    {
        source.Line("/// <summary>Runs one line. An empty one does nothing; case does not matter in the command's name.</summary>");
        source.Line("public static ValueTask DispatchAsync(CommandContext context, ReadOnlySpan<byte> line)");
        source.Open();
        source.Line("var arguments = new ArgumentReader(line);");
        source.Line("if (!arguments.TryReadWord(out ReadOnlySpan<byte> name))");
        source.Open();
        source.Line("return default;");
        source.Close();
        source.Line();
        (string Name, string[] Found)[] names = NamesOf(commands, methods);
        if (names.Length > MostInOneMethod)
        {
            EmitDispatchByLength(source, names);
            return;
        }

        if (names.Length > 0)
        {
            NameSwitchEmitter.Emit(source, "name", names);
            source.Line();
        }

        EmitUnknown(source);
    }

    private static void EmitDispatchByLength(SourceWriter source, (string Name, string[] Found)[] names)
    {
        IGrouping<int, (string Name, string[] Found)>[] lengths = [.. names.GroupBy(name => name.Name.Length).OrderBy(group => group.Key)];
        source.Line("switch (name.Length)");
        source.Open();
        foreach (IGrouping<int, (string Name, string[] Found)> sameLength in lengths)
        {
            source.Line($"case {sameLength.Key}:");
            source.Indent();
            source.Line($"return DispatchLength{sameLength.Key}(context, name, ref arguments);");
            source.Unindent();
        }

        source.Close();
        source.Line();
        EmitUnknown(source);
        foreach (IGrouping<int, (string Name, string[] Found)> sameLength in lengths)
        {
            source.Line();
            source.Line($"private static ValueTask DispatchLength{sameLength.Key}(CommandContext context, ReadOnlySpan<byte> name, ref ArgumentReader arguments)");
            source.Open();
            NameSwitchEmitter.EmitGroup(source, "name", [.. sameLength]);
            EmitUnknown(source);
        }
    }

    private static void EmitUnknown(SourceWriter source)
    {
        source.Line("context.UnknownCommand(name);");
        source.Line("return default;");
        source.Close();
    }

    // All names and aliases, in ordinal order. An alias that is taken was reported, and is left out so that the
    // compiler does not complain as well.
    private static (string Name, string[] Found)[] NamesOf(EquatableArray<CommandModel> commands, string[] methods)
    {
        SortedDictionary<string, string> methodByName = new(StringComparer.Ordinal);
        for (int i = 0; i < commands.Count; i++)
        {
            methodByName.Add(commands[i].Name, methods[i]);
        }

        for (int i = 0; i < commands.Count; i++)
        {
            foreach (string alias in commands[i].Aliases.Where(alias => !methodByName.ContainsKey(alias)))
            {
                methodByName.Add(alias, methods[i]);
            }
        }

        return [.. methodByName.Select(pair => (pair.Key, new[] { $"return {pair.Value}(context, ref arguments);" }))];
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
    private static string[] MethodNamesOf(EquatableArray<CommandModel> commands)
    {
        LocalNames names = new([], []);
        return [.. commands.Select(command => names.Take("Run" + Literal.PascalCase(command.Name)))];
    }
}
