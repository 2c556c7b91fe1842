using Microsoft.CodeAnalysis.CSharp;

namespace AotChat.Generators.Emit;

/// <summary>
/// Writes the search for a name: by length, then by the byte that tells most of the remaining names apart, and only
/// then a whole comparison. So 500 names cost about as much as 5.
/// </summary>
internal static class NameSwitchEmitter
{
    // Comparing two names of a few bytes is as fast as one more switch.
    private const int FewNames = 2;

    /// <summary>Writes it.</summary>
    /// <param name="source">Where to.</param>
    /// <param name="local">The span of bytes that is looked for; letters in it may have any case.</param>
    /// <param name="names">The names, in ASCII, without capitals, and what is done where it is that one.</param>
    public static void Emit(SourceWriter source, string local, (string Name, string[] Found)[] names)
    {
        source.Line($"switch ({local}.Length)");
        source.Open();
        foreach (IGrouping<int, (string Name, string[] Found)> sameLength in names.GroupBy(name => name.Name.Length).OrderBy(group => group.Key))
        {
            source.Line($"case {sameLength.Key}:");
            source.Indent();
            EmitGroup(source, local, [.. sameLength]);
            source.Line("break;");
            source.Unindent();
        }

        source.Close();
    }

    /// <summary>Writes the search among names of one length, without what follows where it is none of them.</summary>
    public static void EmitGroup(SourceWriter source, string local, (string Name, string[] Found)[] group)
    {
        if (group.Length <= FewNames)
        {
            foreach ((string name, string[] found) in group)
            {
                source.Line($"if (Ascii.EqualsIgnoreCase({local}, {Literal.Utf8(name)}))");
                source.Open();
                foreach (string line in found)
                {
                    source.Line(line);
                }

                source.Close();
                source.Line();
            }

            return;
        }

        // Bit 5 folds the case of a letter and leaves digits and '-' as they are.
        int position = MostTelling(group);
        source.Line($"switch ({local}[{position}] | 0x20)");
        source.Open();
        foreach (IGrouping<char, (string Name, string[] Found)> sameByte in group.GroupBy(name => Folded(name.Name[position])).OrderBy(same => same.Key))
        {
            source.Line($"case {SymbolDisplay.FormatLiteral(sameByte.Key, quote: true)}:");
            source.Indent();
            EmitGroup(source, local, [.. sameByte]);
            source.Line("break;");
            source.Unindent();
        }

        source.Close();
        source.Line();
    }

    private static int MostTelling((string Name, string[] Found)[] group) =>
        Enumerable.Range(0, group[0].Name.Length)
            .OrderByDescending(position => group.Select(name => Folded(name.Name[position])).Distinct().Count())
            .First();

    private static char Folded(char letter) => (char)(letter | 0x20);
}
