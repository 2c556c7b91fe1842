using AotChat.Generators.Models;

namespace AotChat.Generators.Emit;

/// <summary>
/// Writes the method of one command: checks the caller's level, cuts the words and checks their number, reads each,
/// calls the command.
/// </summary>
internal sealed class CommandMethodEmitter(SourceWriter source, CommandModel command)
{
    public void Emit(string method)
    {
        source.Line($"// {command.Usage}");
        source.Obsolete(command.Suppression);
        source.Line($"private static ValueTask {method}(CommandContext context, ReadOnlySpan<byte> line, int at)");
        source.Open();
        if (command.Level is { } level)
        {
            source.Line($"if (context.User.Level < {level})");
            EmitReturn($"NotAllowed(context, {level})");
            source.Line();
        }

        CommandArgument[] arguments = CommandArgument.AllOf(command);
        CommandArgument[] grammar = [.. arguments.Where(argument => argument.Parameter.IsGrammar)];
        EmitSplit(grammar);
        foreach (CommandArgument argument in grammar)
        {
            EmitRead(argument);
        }

        // The text of a private call stands in no list.
        string context = !command.IsAsynchronous ? "context"
            : command.IsPrivate ? $"context.ForPrivateCall({Literal.Text(command.Name)})"
            : "context.ForCall(line)";
        string call = $"{command.Method}({string.Join(", ", arguments.Select(argument => argument.Passed).Prepend(context))});";
        source.Line(command.IsAsynchronous ? "return " + call : call);
        if (!command.IsAsynchronous)
        {
            source.Line("return default;");
        }

        source.Close();
    }

    // All words are cut before one is looked at: a call of the wrong shape is told so, whatever it names. Those of a
    // list, which can't be of the wrong number, are cut as they are read.
    private void EmitSplit(CommandArgument[] arguments)
    {
        List<(string Failure, string Answer)> checks = [];
        foreach (CommandArgument argument in arguments.Where(argument => argument.Parameter.Arity != Arity.List))
        {
            string read = argument.Parameter.Arity == Arity.Rest ? "ReadRest(line, at)" : "ReadWord(line, ref at)";
            source.Line($"ReadOnlySpan<byte> {argument.Word} = ArgumentReader.{read};");
            if (argument.Parameter.Default is null)
            {
                checks.Add(($"{argument.Word}.IsEmpty", Grammar.Problem(command, $"{argument.Parameter.Word} is missing")));
            }
        }

        if (arguments.LastOrDefault()?.Parameter.Arity is not (Arity.Rest or Arity.List))
        {
            checks.Add(("!ArgumentReader.IsAtEnd(line, at)", Grammar.Problem(command, "too many words")));
        }

        // In their order; those with one answer, as where the command has a line of its own, are one check.
        foreach (IGrouping<string, string> same in checks.GroupBy(check => check.Answer, check => check.Failure))
        {
            source.Line($"if ({string.Join(" || ", same)})");
            EmitReturn(Invalid(same.Key));
            source.Line();
        }
    }

    private void EmitRead(CommandArgument argument)
    {
        (ParameterModel parameter, string word, string value, string parsed) = argument;
        string type = Grammar.TypeOf(parameter);
        if (parameter.Arity == Arity.List)
        {
            source.Line($"var {value} = new List<{type}>();");
            source.Line("while (!ArgumentReader.IsAtEnd(line, at))");
            source.Open();
            source.Line($"ReadOnlySpan<byte> {word} = ArgumentReader.ReadWord(line, ref at);");
            EmitConversion(argument, type + (Grammar.IsReference(parameter.Kind) ? "? " : " ") + parsed);
            source.Line($"{value}.Add({(parameter.Kind == ParameterKind.Text ? $"ArgumentParser.Text({word})" : parsed)});");
            source.Close();
            source.Line();
        }
        else if (parameter.Kind is ParameterKind.Text or ParameterKind.Bytes)
        {
            EmitText(argument);
        }
        else if (parameter.Default is null)
        {
            EmitConversion(argument, type + (Grammar.IsReference(parameter.Kind) ? "? " : " ") + value);
        }
        else
        {
            // Declared first, because a missing word leaves the default.
            bool mayBeNull = parameter.IsNullable || Grammar.IsReference(parameter.Kind);
            source.Line($"{type}{(mayBeNull ? "?" : "")} {value} = {parameter.Default};");
            source.Line($"if (!{word}.IsEmpty)");
            source.Open();
            EmitConversion(argument, parameter.IsNullable ? $"{type} {parsed}" : value);
            if (parameter.IsNullable)
            {
                source.Line($"{value} = {parsed};");
            }

            source.Close();
            source.Line();
        }
    }

    private void EmitText(CommandArgument argument)
    {
        (ParameterModel parameter, string word, string value, _) = argument;
        EmitLength(argument, parameter.Default is null ? "" : $"!{word}.IsEmpty && ");
        if (parameter.Kind == ParameterKind.Bytes)
        {
            return;
        }

        string text = $"ArgumentParser.Text({word})";
        source.Line(parameter.Default is null
            ? $"string {value} = {text};"
            : $"string? {value} = {word}.IsEmpty ? {parameter.Default} : {text};");
        source.Line();
    }

    // The check of one word; "into" is where its value goes.
    private void EmitConversion(CommandArgument argument, string into)
    {
        (ParameterModel parameter, string word, string value, string parsed) = argument;
        if (parameter.Kind == ParameterKind.Text)
        {
            EmitLength(argument, "");
            return;
        }

        (string test, string failure) = parameter.Kind switch
        {
            ParameterKind.User => ("context.TryFindUser", $"NotFound(context, {word})"),
            ParameterKind.Room => ("context.TryReadRoom", $"RoomNotFound(context, {word})"),
            ParameterKind.Enum => ("CommandChoices.TryRead", Invalid(Grammar.Misfit(command, parameter))),
            _ => ($"ArgumentParser.Try{parameter.Kind}", Invalid(Grammar.Misfit(command, parameter))),
        };
        source.Line($"if (!{test}({word}, out {into}))");
        EmitReturn(failure);
        source.Line();
        string checkedValue = parameter.IsNullable || parameter.Arity == Arity.List ? parsed : value;
        if (parameter.Limit is { } limit)
        {
            EmitLimit(parameter, limit, "", checkedValue);
        }
    }

    private void EmitLength(CommandArgument argument, string unless)
    {
        if (argument.Parameter.Limit is { } limit)
        {
            EmitLimit(argument.Parameter, limit, unless, $"ArgumentParser.CountCharacters({argument.Word})");
        }
    }

    private void EmitLimit(ParameterModel parameter, LimitModel limit, string unless, string value)
    {
        string[] tests =
        [
            .. limit.Min is { } min ? [$"{value} < {min}"] : Array.Empty<string>(),
            .. limit.Max is { } max ? [$"{value} > {max}"] : Array.Empty<string>(),
        ];
        if (tests.Length == 0)
        {
            return;
        }

        string test = string.Join(" || ", tests);
        source.Line($"if ({unless}{(unless.Length > 0 && tests.Length > 1 ? $"({test})" : test)})");
        EmitReturn(Invalid(Grammar.Beyond(command, parameter)));
        source.Line();
    }

    private void EmitReturn(string result)
    {
        source.Open();
        source.Line($"return {result};");
        source.Close();
    }

    private static string Invalid(string answer) => $"Invalid(context, {answer})";
}
