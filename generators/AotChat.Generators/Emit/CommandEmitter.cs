using AotChat.Generators.Models;

namespace AotChat.Generators.Emit;

/// <summary>Writes the dispatcher: the table behind <c>help</c>, the way to a command, and a method a command.</summary>
internal static class CommandEmitter
{
    public static string Emit(EquatableArray<CommandModel> commands)
    {
        SourceWriter source = new();
        source.Line("using System;");
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
        EmitDispatch(source, commands);
        string[] methods = MethodNamesOf(commands);
        for (int i = 0; i < commands.Count; i++)
        {
            source.Line();
            CommandMethodEmitter.Emit(source, commands[i], methods[i]);
        }

        source.Line();
        source.Line("private static ValueTask Invalid(CommandContext context, ReadOnlySpan<byte> line)");
        source.Open();
        source.Line("context.InvalidCall(line);");
        source.Line("return default;");
        source.Close();
        source.Line();
        source.Line("private static ValueTask NotAllowed(CommandContext context, UserLevel required)");
        source.Open();
        source.Line("context.NotAllowed(required);");
        source.Line("return default;");
        source.Close();
        source.Line();
        source.Line("private static ValueTask NotFound(CommandContext context, ReadOnlySpan<byte> name)");
        source.Open();
        source.Line("context.UserNotFound(name);");
        source.Line("return default;");
        source.Close();
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
                + $"{Literal.Text(command.Summary)}, {Literal.Text(command.Category)}, UserLevel.{command.Level}){InitializerOf(command)},");
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
            values.Add($"IsPrivate = true, RequiredWords = {command.Parameters.Count(parameter => parameter.Default is null)}");
        }

        return values.Count == 0 ? "" : $" {{ {string.Join(", ", values)} }}";
    }

    private static void EmitDispatch(SourceWriter source, EquatableArray<CommandModel> commands)
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
        if (commands.Count > 0)
        {
            EmitSwitch(source, commands);
            source.Line();
        }

        source.Line("context.UnknownCommand(name);");
        source.Line("return default;");
        source.Close();
    }

    private static void EmitSwitch(SourceWriter source, EquatableArray<CommandModel> commands)
    {
        string[] methods = MethodNamesOf(commands);
        SortedDictionary<string, string> byName = new(StringComparer.Ordinal);
        for (int i = 0; i < commands.Count; i++)
        {
            byName.Add(commands[i].Name, methods[i]);
        }

        // An alias that is taken was reported, and is left out so that the compiler does not complain as well.
        for (int i = 0; i < commands.Count; i++)
        {
            foreach (string alias in commands[i].Aliases.Where(alias => !byName.ContainsKey(alias)))
            {
                byName.Add(alias, methods[i]);
            }
        }

        NameSwitchEmitter.Emit(source, [.. byName.Keys], [.. byName.Values]);
    }

    // "Run" in front, so that no command collides with the dispatcher's own methods.
    private static string[] MethodNamesOf(EquatableArray<CommandModel> commands)
    {
        HashSet<string> taken = [];
        return
        [
            .. commands.Select(command =>
            {
                string name = "Run" + Literal.PascalCase(command.Name);
                while (!taken.Add(name))
                {
                    name += "_";
                }

                return name;
            }),
        ];
    }
}
