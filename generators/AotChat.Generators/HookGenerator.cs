using AotChat.Generators.Diagnostics;
using AotChat.Generators.Emit;
using AotChat.Generators.Incremental;
using AotChat.Generators.Models;
using AotChat.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators;

/// <summary>
/// Writes the direct calls of the methods with <c>[OnJoin]</c>, <c>[OnLeave]</c> and <c>[OnSaid]</c>. Where there are none
/// it writes nothing.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class HookGenerator : IIncrementalGenerator
{
    // Hooks have no names that others could take.
    private static readonly NameRules Names = new(Descriptors.WrongHook, Descriptors.WrongHook, Descriptors.WrongHook);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
        Register(context, "OnJoin").Combine(Register(context, "OnLeave")).Combine(Register(context, "OnSaid")),
        static (output, all) =>
        {
            HookModel[] hooks = [.. all.Left.Left, .. all.Left.Right, .. all.Right];
            if (hooks.Length > 0)
            {
                output.AddSource("CommandHooks.g.cs", HookEmitter.Emit(hooks));
            }
        });

    private static IncrementalValueProvider<EquatableArray<HookModel>> Register(IncrementalGeneratorInitializationContext context, string happening) =>
        Pipeline.Register(context, $"AotChat.Commands.{happening}Attribute", HookParser.Parse, Names);
}
