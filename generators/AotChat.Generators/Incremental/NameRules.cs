using System.Collections.Immutable;
using AotChat.Generators.Diagnostics;
using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Incremental;

/// <summary>Who may have which name, across all files; every clash is reported once, at the name that has to change.</summary>
/// <param name="duplicate">Reported of a name that another method has as its name.</param>
/// <param name="aliasTaken">Reported of an alias that another alias is, or the method's own name.</param>
/// <param name="aliasIsName">Reported of an alias that another method has as its name.</param>
internal sealed class NameRules(DiagnosticDescriptor duplicate, DiagnosticDescriptor aliasTaken, DiagnosticDescriptor aliasIsName)
{
    /// <summary>All that there is to report, in order of path and position.</summary>
    public EquatableArray<DiagnosticInfo> ProblemsOf(ImmutableArray<Findings> findings)
    {
        List<DiagnosticInfo> problems = [.. findings.SelectMany(found => found.Diagnostics)];

        // By method, as the models are ordered: what is kept does not depend on the order of the files.
        List<NameClaim> claims = [.. findings.SelectMany(found => found.Claims).OrderBy(claim => claim.Method, StringComparer.Ordinal)];
        Dictionary<string, NameClaim> names = new(StringComparer.Ordinal);
        foreach (NameClaim claim in claims.Where(claim => !claim.IsAlias))
        {
            Claim(claim, names, duplicate);
        }

        Dictionary<string, NameClaim> aliases = new(StringComparer.Ordinal);
        foreach (NameClaim claim in claims.Where(claim => claim.IsAlias))
        {
            if (!names.TryGetValue(claim.Name, out NameClaim? owner))
            {
                Claim(claim, aliases, aliasTaken);
            }
            else
            {
                DiagnosticDescriptor problem = owner.Method == claim.Method ? aliasTaken : aliasIsName;
                problems.Add(DiagnosticInfo.Create(problem, claim.Location, claim.Name, ShortName(owner)));
            }
        }

        return new([.. problems
            .OrderBy(problem => problem.Location.Path, StringComparer.Ordinal)
            .ThenBy(problem => problem.Location.Span.Start)
            .ThenBy(problem => problem.Descriptor.Id, StringComparer.Ordinal)]);

        void Claim(NameClaim claim, Dictionary<string, NameClaim> taken, DiagnosticDescriptor problem)
        {
            if (taken.TryGetValue(claim.Name, out NameClaim? first))
            {
                problems.Add(DiagnosticInfo.Create(problem, claim.Location, claim.Name, ShortName(first)));
            }
            else
            {
                taken.Add(claim.Name, claim);
            }
        }
    }

    private static string ShortName(NameClaim claim) => claim.Method.Replace("global::", "");
}
