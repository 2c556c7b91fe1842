using AotChat.Generators.Diagnostics;
using AotChat.Generators.Emit;
using AotChat.Generators.Incremental;
using AotChat.Generators.Models;
using AotChat.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators;

/// <summary>
/// Writes <c>CommandDispatcher</c>: from a line's bytes to a direct call of the method with <c>[Command]</c>; and
/// <c>CommandChoices</c>: from a word to a member of an enum that a command takes.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class CommandGenerator : IIncrementalGenerator
{
    private static readonly NameRules Names = new(Descriptors.DuplicateCommand, Descriptors.AliasTaken, Descriptors.AliasIsName);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
        Pipeline.Register(context, "AotChat.Commands.CommandAttribute", CommandParser.Parse, Names),
        static (output, commands) =>
        {
            output.AddSource("CommandDispatcher.g.cs", CommandEmitter.Emit(commands));
            EquatableArray<EnumModel> choices = ChoicesOf(commands);
            if (choices.Count > 0)
            {
                output.AddSource("CommandChoices.g.cs", ChoiceEmitter.Emit(choices, Suppression.Of(commands)));
            }
        });

    private static EquatableArray<EnumModel> ChoicesOf(EquatableArray<CommandModel> commands)
    {
        SortedDictionary<string, EnumModel> byType = new(StringComparer.Ordinal);
        foreach (EnumModel choices in commands.SelectMany(command => command.Parameters).Select(parameter => parameter.Choices).OfType<EnumModel>())
        {
            byType[choices.Type] = choices;
        }

        return new([.. byType.Values]);
    }
}
