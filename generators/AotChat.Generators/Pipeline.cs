using System.Collections.Immutable;
using AotChat.Generators.Diagnostics;
using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators;

/// <summary>
/// The way from annotated methods to source that commands and jobs share. It forks after collecting: models go to the
/// emitter, locations only to the diagnostics, so that moving a method writes nothing anew.
/// </summary>
internal static class Pipeline
{
    /// <summary>The names of the steps, for tests of what is cached.</summary>
    public const string Parsed = nameof(Parsed);

    /// <inheritdoc cref="Parsed"/>
    public const string Catalogued = nameof(Catalogued);

    /// <inheritdoc cref="Parsed"/>
    public const string Models = nameof(Models);

    /// <inheritdoc cref="Parsed"/>
    public const string Problems = nameof(Problems);

    public static void Register<T>(
        IncrementalGeneratorInitializationContext context,
        string attribute,
        Func<GeneratorAttributeSyntaxContext, CancellationToken, ParseResult<T>> parse,
        DiagnosticDescriptor duplicate,
        Action<SourceProductionContext, EquatableArray<T>> emit)
        where T : class, IEquatable<T>
    {
        // Whatever carries the attribute: what is no method of its own is refused aloud, not passed over.
        IncrementalValueProvider<Catalogue<T>> catalogue = context.SyntaxProvider
            .ForAttributeWithMetadataName(attribute, static (_, _) => true, parse)
            .WithTrackingName(Parsed)
            .Collect()
            .Select((results, _) => CatalogueOf(results, duplicate))
            .WithTrackingName(Catalogued);

        context.RegisterSourceOutput(catalogue.Select(static (all, _) => all.Models).WithTrackingName(Models), emit);

        // The compilation gives a location back its tree: without one, neither #pragma nor .editorconfig reaches a warning.
        context.RegisterSourceOutput(
            catalogue.Select(static (all, _) => all.Problems).WithTrackingName(Problems).Combine(context.CompilationProvider),
            static (output, found) =>
            {
                foreach (DiagnosticInfo problem in found.Left)
                {
                    output.ReportDiagnostic(problem.ToDiagnostic(found.Right));
                }
            });
    }

    // Of two with one name the earlier by path and position stays, in whatever order the files are compiled. An alias
    // yields to every name.
    private static Catalogue<T> CatalogueOf<T>(ImmutableArray<ParseResult<T>> results, DiagnosticDescriptor duplicate)
        where T : class, IEquatable<T>
    {
        ImmutableArray<DiagnosticInfo>.Builder problems = ImmutableArray.CreateBuilder<DiagnosticInfo>();
        SortedDictionary<string, T?> byName = new(StringComparer.Ordinal);
        IEnumerable<ParseResult<T>> inOrder = results
            .OrderBy(result => PlaceOf(result).Path, StringComparer.Ordinal)
            .ThenBy(result => PlaceOf(result).Span.Start);
        foreach (ParseResult<T> result in inOrder)
        {
            problems.AddRange(result.Diagnostics);
            if (result.Name is null)
            {
                continue;
            }

            if (byName.ContainsKey(result.Name.Name))
            {
                problems.Add(DiagnosticInfo.Create(duplicate, result.Name.Location, result.Name.Name));
            }
            else
            {
                byName.Add(result.Name.Name, result.Model);
            }
        }

        HashSet<string> taken = new(byName.Keys, StringComparer.Ordinal);
        foreach (NameClaim alias in inOrder.SelectMany(result => result.Aliases))
        {
            if (!taken.Add(alias.Name))
            {
                problems.Add(DiagnosticInfo.Create(duplicate, alias.Location, alias.Name));
            }
        }

        return new(new([.. byName.Values.OfType<T>()]), new(problems.ToImmutable()));
    }

    // What has no name has a reason for that.
    private static LocationInfo PlaceOf<T>(ParseResult<T> result)
        where T : class => result.Name?.Location ?? result.Diagnostics[0].Location;
}
