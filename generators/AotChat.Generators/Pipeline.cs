using System.Collections.Immutable;
using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AotChat.Generators;

/// <summary>
/// The way from annotated methods to source that commands and jobs share. It forks after parsing: models go to the
/// emitter, locations only to the diagnostics, so that moving a method writes nothing anew.
/// </summary>
internal static class Pipeline
{
    /// <summary>The names of the steps, for tests of what is cached.</summary>
    public const string Parsed = nameof(Parsed);

    /// <inheritdoc cref="Parsed"/>
    public const string Modelled = nameof(Modelled);

    /// <inheritdoc cref="Parsed"/>
    public const string Collected = nameof(Collected);

    public static void Register<T>(
        IncrementalGeneratorInitializationContext context,
        string attribute,
        Func<GeneratorAttributeSyntaxContext, CancellationToken, ParseResult<T>> parse,
        Func<T, string> nameOf,
        DiagnosticDescriptor duplicate,
        Action<SourceProductionContext, EquatableArray<T>> emit)
        where T : class, IEquatable<T>
    {
        IncrementalValuesProvider<ParseResult<T>> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(attribute, static (node, _) => node is MethodDeclarationSyntax, parse)
            .WithTrackingName(Parsed);

        IncrementalValueProvider<EquatableArray<T>> models = parsed
            .Select(static (result, _) => result.Model)
            .Where(static model => model is not null)
            .WithTrackingName(Modelled)
            .Collect()
            .Select((collected, _) => Sort(collected!, nameOf))
            .WithTrackingName(Collected);
        context.RegisterSourceOutput(models, emit);

        context.RegisterSourceOutput(
            parsed.SelectMany(static (result, _) => result.Diagnostics),
            static (output, problem) => output.ReportDiagnostic(problem.ToDiagnostic()));
        context.RegisterSourceOutput(parsed.Collect(), (output, results) => ReportDuplicates(output, results, duplicate));
    }

    // Ordinal, so that the output does not depend on the order of files; of two with one name the first is kept.
    private static EquatableArray<T> Sort<T>(ImmutableArray<T> models, Func<T, string> nameOf)
        where T : IEquatable<T> =>
        new([.. models.GroupBy(nameOf, StringComparer.Ordinal).Select(group => group.First()).OrderBy(nameOf, StringComparer.Ordinal)]);

    private static void ReportDuplicates<T>(
        SourceProductionContext output, ImmutableArray<ParseResult<T>> results, DiagnosticDescriptor duplicate)
        where T : class
    {
        foreach (IGrouping<string, ParseResult<T>> sameName in results.GroupBy(result => result.Name, StringComparer.Ordinal))
        {
            IEnumerable<ParseResult<T>> later = sameName
                .OrderBy(result => result.NameLocation.Path, StringComparer.Ordinal)
                .ThenBy(result => result.NameLocation.Span.Start)
                .Skip(1);
            foreach (ParseResult<T> result in later)
            {
                output.ReportDiagnostic(Diagnostic.Create(duplicate, result.NameLocation.ToLocation(), result.Name));
            }
        }
    }
}
