using System.Collections.Immutable;
using AotChat.Generators.Diagnostics;
using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Incremental;

/// <summary>
/// The way from annotated methods to source that commands and jobs share. It forks after the parser: models go to the
/// emitter and locations only to the diagnostics, so that a method that moves changes no generated file.
/// </summary>
internal static class Pipeline
{
    /// <summary>The names of the steps, for tests of what is cached: each method as it was parsed.</summary>
    public const string Parsed = nameof(Parsed);

    /// <summary>Each method's model.</summary>
    public const string Model = nameof(Model);

    /// <summary>All models together, in order.</summary>
    public const string Models = nameof(Models);

    /// <summary>All that is to be reported.</summary>
    public const string Problems = nameof(Problems);

    /// <summary>Reports the problems of all methods with the attribute, and returns the models of those without an error.</summary>
    public static IncrementalValueProvider<EquatableArray<T>> Register<T>(
        IncrementalGeneratorInitializationContext context,
        string attribute,
        Func<GeneratorAttributeSyntaxContext, CancellationToken, ParseResult<T>> parse,
        NameRules rules)
        where T : class, INamedModel, IEquatable<T>
    {
        // Every target passes the predicate: an attribute on what is not a method is reported, not ignored.
        IncrementalValuesProvider<ParseResult<T>> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(attribute, static (_, _) => true, parse)
            .WithTrackingName(Parsed);

        IncrementalValueProvider<EquatableArray<T>> models = parsed
            .Select(static (result, _) => result.Model)
            .WithTrackingName(Model)
            .Collect()
            .Select(static (all, _) => InOrder(all))
            .WithTrackingName(Models);

        // The compilation gives a location back its tree: without one, neither #pragma nor .editorconfig reaches a
        // warning, and no code fix an error.
        IncrementalValueProvider<EquatableArray<DiagnosticInfo>> problems = parsed
            .Select(static (result, _) => result.Findings)
            .Collect()
            .Select((all, _) => rules.ProblemsOf(all))
            .WithTrackingName(Problems);
        context.RegisterSourceOutput(
            problems.Combine(context.CompilationProvider),
            static (output, found) =>
            {
                foreach (DiagnosticInfo problem in found.Left)
                {
                    output.ReportDiagnostic(problem.ToDiagnostic(found.Right));
                }
            });
        return models;
    }

    // Ordinal, whatever the order of the files. Each name once: a second one was reported, and must not make the
    // compiler complain about generated code as well.
    private static EquatableArray<T> InOrder<T>(ImmutableArray<T?> models)
        where T : class, INamedModel, IEquatable<T>
    {
        List<T> ordered = [.. models.OfType<T>()
            .OrderBy(model => model.Name, StringComparer.Ordinal)
            .ThenBy(model => model.Method, StringComparer.Ordinal)];
        ImmutableArray<T>.Builder kept = ImmutableArray.CreateBuilder<T>(ordered.Count);
        foreach (T model in ordered)
        {
            if (kept.Count == 0 || kept[kept.Count - 1].Name != model.Name)
            {
                kept.Add(model);
            }
        }

        return new(kept.ToImmutable());
    }
}
