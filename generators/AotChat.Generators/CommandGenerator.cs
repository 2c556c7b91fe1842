using AotChat.Generators.Diagnostics;
using AotChat.Generators.Emit;
using AotChat.Generators.Incremental;
using AotChat.Generators.Models;
using AotChat.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators;

/// <summary>Writes <c>CommandDispatcher</c>: from a line's bytes to a direct call of the method with <c>[Command]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class CommandGenerator : IIncrementalGenerator
{
    private static readonly NameRules Names = new(Descriptors.DuplicateCommand, Descriptors.AliasTaken, Descriptors.ShadowedAlias);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) => Pipeline.Register(
        context,
        new AttributeMemo<CommandModel>("CommandAttribute", "Commands", CommandParser.Parse),
        Names,
        static (output, commands) => output.AddSource("CommandDispatcher.g.cs", CommandEmitter.Emit(commands)));
}
