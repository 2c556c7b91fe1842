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
        EmitSplit(source, command);
        foreach (ParameterModel parameter in command.Parameters)
        {
            EmitRead(source, parameter, Invalid(command));
        }

        string values = string.Concat(command.Parameters.Select(parameter => ", " + ValueOf(parameter)));
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
    private static void EmitSplit(SourceWriter source, CommandModel command)
    {
        List<string> failures = [];
        foreach (ParameterModel parameter in command.Parameters)
        {
            string read = parameter.TakesRest ? "TryReadRest" : "TryReadWord";
            string word = WordOf(parameter);
            if (parameter.Default is null)
            {
                failures.Add($"!arguments.{read}(out ReadOnlySpan<byte> {word})");
                continue;
            }

            EmitCheck(source, failures, command);
            source.Line($"arguments.{read}(out ReadOnlySpan<byte> {word});");
        }

        if (command.Parameters.Count == 0 || !command.Parameters[command.Parameters.Count - 1].TakesRest)
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

    private static void EmitRead(SourceWriter source, ParameterModel parameter, string invalid)
    {
        string word = WordOf(parameter);
        string value = ValueOf(parameter);
        switch (parameter.Kind)
        {
            case ParameterKind.User:
                EmitConversion(source, parameter, "global::AotChat.Chat.User", $"context.TryFindUser({word}, out", $"NotFound(context, {word})");
                break;

            case ParameterKind.Int32:
                EmitConversion(source, parameter, "int", $"ArgumentParser.TryInt32({word}, out", invalid);
                break;

            case ParameterKind.Uri:
                EmitConversion(source, parameter, "global::System.Uri", $"ArgumentParser.TryUri({word}, out", invalid);
                break;

            case ParameterKind.Text:
                string text = $"ArgumentParser.Text({word})";
                source.Line($"string? {value} = {(parameter.Default is null ? text : $"{word}.IsEmpty ? {parameter.Default} : {text}")};");
                source.Line();
                break;
        }
    }

    private static void EmitConversion(SourceWriter source, ParameterModel parameter, string type, string test, string failure)
    {
        string word = WordOf(parameter);
        string value = ValueOf(parameter);
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
        string parsed = needsOwnType ? value + "Value" : value;
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

    private static string WordOf(ParameterModel parameter) =>
        parameter.Kind == ParameterKind.Bytes ? ValueOf(parameter) : parameter.Name + "Word";

    // Two names are the generated method's own.
    private static string ValueOf(ParameterModel parameter) =>
        parameter.Name is "context" or "arguments" ? parameter.Name + "Argument" : Literal.Identifier(parameter.Name);
}
