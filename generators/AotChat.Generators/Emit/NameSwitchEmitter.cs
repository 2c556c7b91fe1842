namespace AotChat.Generators.Emit;

/// <summary>
/// Writes the search for a name: by length, then by the byte that tells most of the remaining names apart, and only
/// then a whole comparison. So 500 commands cost about as much as 5.
/// </summary>
internal static class NameSwitchEmitter
{
    // Comparing two names of a few bytes is as fast as one more switch.
    private const int FewNames = 2;

    public static void Emit(SourceWriter source, string[] names, string[] methods)
    {
        source.Line("switch (name.Length)");
        source.Open();
        IEnumerable<IGrouping<int, int>> byLength = Enumerable.Range(0, names.Length).GroupBy(i => names[i].Length).OrderBy(group => group.Key);
        foreach (IGrouping<int, int> sameLength in byLength)
        {
            source.Line($"case {sameLength.Key}:");
            source.Indent();
            EmitGroup(source, names, methods, [.. sameLength]);
            source.Line("break;");
            source.Unindent();
        }

        source.Close();
    }

    private static void EmitGroup(SourceWriter source, string[] names, string[] methods, int[] group)
    {
        if (group.Length <= FewNames)
        {
            foreach (int i in group)
            {
                source.Line($"if (Ascii.EqualsIgnoreCase(name, {Literal.Utf8(names[i])}))");
                source.Open();
                source.Line($"return {methods[i]}(context, ref arguments);");
                source.Close();
                source.Line();
            }

            return;
        }

        // Bit 5 folds the case of a letter and leaves digits and '-' as they are.
        int position = MostTelling(names, group);
        source.Line($"switch (name[{position}] | 0x20)");
        source.Open();
        foreach (IGrouping<char, int> sameByte in group.GroupBy(i => names[i][position]).OrderBy(same => same.Key))
        {
            source.Line($"case '{sameByte.Key}':");
            source.Indent();
            EmitGroup(source, names, methods, [.. sameByte]);
            source.Line("break;");
            source.Unindent();
        }

        source.Close();
        source.Line();
    }

    private static int MostTelling(string[] names, int[] group) =>
        Enumerable.Range(0, names[group[0]].Length)
            .OrderByDescending(position => group.Select(i => names[i][position]).Distinct().Count())
            .First();
}
