using AotChat.Generators.Diagnostics;
using AotChat.Generators.Emit;
using AotChat.Generators.Incremental;
using AotChat.Generators.Models;
using AotChat.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators;

/// <summary>
/// Writes <c>CommandDispatcher</c>: from a line's bytes to a direct call of the method with <c>[Command]</c>. The search,
/// the table and the commands of each class are files of their own, so that an edit writes little anew.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class CommandGenerator : IIncrementalGenerator
{
    private static readonly NameRules Names = new(Descriptors.DuplicateCommand, Descriptors.AliasTaken, Descriptors.ShadowedAlias);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        AttributeMemo<CommandModel> attributes = new("CommandAttribute", "Commands", CommandParser.Parse);
        IncrementalValueProvider<EquatableArray<CommandModel>> commands = Pipeline.Register(context, attributes, Names);

        context.RegisterSourceOutput(
            commands.Select(static (all, _) => NamesOf(all)).WithTrackingName(Pipeline.Names),
            static (output, names) => output.AddSource("CommandDispatcher.g.cs", CommandEmitter.EmitDispatch(names)));
        context.RegisterSourceOutput(
            commands,
            static (output, all) => output.AddSource("CommandDispatcher.Table.g.cs", CommandEmitter.EmitTable(all)));
        context.RegisterSourceOutput(
            commands.SelectMany(static (all, _) => CommandGroup.AllOf(all)).WithTrackingName(Pipeline.Groups),
            static (output, group) => output.AddSource($"CommandDispatcher.{group.Class}.g.cs", CommandEmitter.EmitGroup(group)));
        context.RegisterSourceOutput(
            commands.Select(static (all, _) => ChoicesOf(all)).WithTrackingName(Pipeline.Choices),
            static (output, choices) =>
            {
                if (choices.Count > 0)
                {
                    output.AddSource("CommandChoices.g.cs", ChoiceEmitter.Emit(choices));
                }
            });
    }

    private static EquatableArray<CommandNames> NamesOf(EquatableArray<CommandModel> commands) =>
        new([.. commands.Select(command => new CommandNames(command.Name, command.Aliases))]);

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
