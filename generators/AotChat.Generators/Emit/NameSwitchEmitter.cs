using Microsoft.CodeAnalysis.CSharp;

namespace AotChat.Generators.Emit;

/// <summary>
/// Writes the search for a name: by length, then by the byte that tells most of the remaining names apart, and only
/// then a whole comparison. So 500 names cost about as much as 5.
/// </summary>
/// <param name="source">Where to.</param>
/// <param name="local">The span of bytes that is looked for; letters in it may have any case.</param>
/// <param name="compare">The method that compares it with a name of the same length.</param>
/// <param name="part">
/// Writes the call of a method that does one part of the search, and returns the lines of that call; null where there
/// are never enough names for that.
/// </param>
internal sealed class NameSwitchEmitter(SourceWriter source, string local, string compare, Func<NamedAction[], string, string[]>? part)
{
    // Comparing two names of a few bytes is as fast as one more switch.
    private const int FewNames = 2;

    // The compiler of machine code stops optimising a method of some thousand branches; this many names are some hundred.
    private const int MaxInOneMethod = 64;

    /// <summary>Writes the search among names in ASCII, without capitals.</summary>
    public void Emit(NamedAction[] names)
    {
        bool isParted = part is not null && names.Length > MaxInOneMethod;
        source.Line($"switch ({local}.Length)");
        source.Open();
        foreach (IGrouping<int, NamedAction> sameLength in names.GroupBy(name => name.Name.Length).OrderBy(group => group.Key))
        {
            source.Line($"case {sameLength.Key}:");
            source.Indent();
            if (isParted)
            {
                EmitLines(part!([.. sameLength], $"OfLength{sameLength.Key}"));
            }
            else
            {
                EmitGroup([.. sameLength], $"OfLength{sameLength.Key}");
                source.Line("break;");
            }

            source.Unindent();
        }

        source.Close();
    }

    /// <summary>Writes the search among names of one length.</summary>
    /// <param name="group">The names.</param>
    /// <param name="path">What a method for a part of them is called.</param>
    public void EmitGroup(NamedAction[] group, string path)
    {
        if (group.Length <= FewNames)
        {
            foreach (NamedAction named in group)
            {
                source.Line($"if ({compare}({local}, {Literal.Utf8(named.Name)}))");
                source.Open();
                EmitLines(named.Lines);
                source.Close();
                source.Line();
            }

            return;
        }

        // Bit 5 folds the case of a letter and leaves digits, '-', '?' and ':' as they are.
        bool isParted = part is not null && group.Length > MaxInOneMethod;
        int position = MaxTelling(group);
        source.Line($"switch ({local}[{position}] | 0x20)");
        source.Open();
        foreach (IGrouping<char, NamedAction> sameByte in group.GroupBy(name => Folded(name.Name[position])).OrderBy(same => same.Key))
        {
            source.Line($"case {SymbolDisplay.FormatLiteral(sameByte.Key, quote: true)}:");
            source.Indent();
            if (isParted && sameByte.Count() > FewNames)
            {
                EmitLines(part!([.. sameByte], $"{path}With{(int)sameByte.Key}At{position}"));
            }
            else
            {
                EmitGroup([.. sameByte], path);
                source.Line("break;");
            }

            source.Unindent();
        }

        source.Close();
        source.Line();
    }

    private void EmitLines(string[] lines)
    {
        foreach (string line in lines)
        {
            source.Line(line);
        }
    }

    private static int MaxTelling(NamedAction[] group) =>
        Enumerable.Range(0, group[0].Name.Length)
            .OrderByDescending(position => group.Select(name => Folded(name.Name[position])).Distinct().Count())
            .First();

    private static char Folded(char letter) => (char)(letter | 0x20);
}
