using AotChat.Generators.Models;

namespace AotChat.Generators.Emit;

/// <summary>Writes the method of one command: cuts the words, checks their number, reads each, calls the command.</summary>
internal static class CommandMethodEmitter
{
    public static void Emit(SourceWriter source, CommandModel command, string method)
    {
        source.Line($"// {command.Usage}");
        source.Line($"private static ValueTask {method}(CommandContext context, ref ArgumentReader arguments)");
        source.Open();
        if (command.Level != "Everyone")
        {
            source.Line($"if (context.User.Level < UserLevel.{command.Level})");
            EmitReturn(source, $"NotAllowed(context, UserLevel.{command.Level})");
        }

        CommandArgument[] arguments = CommandArgument.AllOf(command);
        EmitSplit(source, command, arguments);
        foreach (CommandArgument argument in arguments)
        {
            EmitRead(source, argument, Invalid(command));
        }

        string values = string.Concat(arguments.Select(argument => ", " + argument.Value));
        string call = $"{command.Method}(context{values});";
        if (command.IsAsynchronous)
        {
            source.Line("return " + call);
        }
        else
        {
            source.Line(call);
            source.Line("return default;");
        }

        source.Close();
    }

    // All words are cut before one is looked at: a call of the wrong shape is told so, whoever it names.
    private static void EmitSplit(SourceWriter source, CommandModel command, CommandArgument[] arguments)
    {
        List<string> failures = [];
        foreach (CommandArgument argument in arguments)
        {
            string read = $"arguments.{(argument.Parameter.TakesRest ? "TryReadRest" : "TryReadWord")}(out ReadOnlySpan<byte> {argument.Word})";
            if (argument.Parameter.Default is null)
            {
                failures.Add("!" + read);
                continue;
            }

            EmitCheck(source, failures, command);
            source.Line(read + ";");
        }

        if (arguments.LastOrDefault() is not { Parameter.TakesRest: true })
        {
            failures.Add("!arguments.AtEnd");
        }

        EmitCheck(source, failures, command);
    }

    private static void EmitCheck(SourceWriter source, List<string> failures, CommandModel command)
    {
        if (failures.Count == 0)
        {
            return;
        }

        source.Line($"if ({failures[0]}{(failures.Count == 1 ? ")" : "")}");
        source.Indent();
        for (int i = 1; i < failures.Count; i++)
        {
            source.Line($"|| {failures[i]}{(i == failures.Count - 1 ? ")" : "")}");
        }

        source.Unindent();
        EmitReturn(source, Invalid(command));
        failures.Clear();
    }

    private static void EmitRead(SourceWriter source, CommandArgument argument, string invalid)
    {
        (ParameterModel parameter, string word, string value, _) = argument;
        switch (parameter.Kind)
        {
            case ParameterKind.User:
                EmitConversion(source, argument, "global::AotChat.Chat.User", $"context.TryFindUser({word}, out", $"NotFound(context, {word})");
                break;

            case ParameterKind.Int32:
                EmitConversion(source, argument, "int", $"ArgumentParser.TryInt32({word}, out", invalid);
                break;

            case ParameterKind.Uri:
                EmitConversion(source, argument, "global::System.Uri", $"ArgumentParser.TryUri({word}, out", invalid);
                break;

            case ParameterKind.Text:
                string text = $"ArgumentParser.Text({word})";
                source.Line($"string? {value} = {(parameter.Default is null ? text : $"{word}.IsEmpty ? {parameter.Default} : {text}")};");
                source.Line();
                break;
        }
    }

    private static void EmitConversion(SourceWriter source, CommandArgument argument, string type, string test, string failure)
    {
        (ParameterModel parameter, string word, string value, string parsed) = argument;
        bool isReference = parameter.Kind != ParameterKind.Int32;
        if (parameter.Default is null && !parameter.IsNullable)
        {
            source.Line($"if (!{test} {type}{(isReference ? "?" : "")} {value}))");
            EmitReturn(source, failure);
            return;
        }

        // Declared first, because a missing word leaves the default.
        bool needsOwnType = parameter.IsNullable;
        source.Line($"{type}{(isReference || needsOwnType ? "?" : "")} {value} = {parameter.Default ?? "default"};");
        source.Line($"if (!{word}.IsEmpty)");
        source.Open();
        source.Line($"if (!{test} {(needsOwnType ? type + " " : "")}{parsed}))");
        EmitReturn(source, failure, spaced: needsOwnType);
        if (needsOwnType)
        {
            source.Line($"{value} = {parsed};");
        }

        source.Close();
        source.Line();
    }

    private static void EmitReturn(SourceWriter source, string result, bool spaced = true)
    {
        source.Open();
        source.Line($"return {result};");
        source.Close();
        if (spaced)
        {
            source.Line();
        }
    }

    private static string Invalid(CommandModel command) => $"Invalid(context, {Literal.Utf8(command.InvalidLine)})";
}
