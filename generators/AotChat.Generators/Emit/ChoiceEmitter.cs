using AotChat.Generators.Models;

namespace AotChat.Generators.Emit;

/// <summary>Writes an overload for each enum that commands take: from the name of a member to its value.</summary>
internal static class ChoiceEmitter
{
    public static string Emit(EquatableArray<EnumModel> all, Suppression suppression)
    {
        SourceWriter source = new(suppression);
        CommandEmitter.EmitUsings(source);
        source.Line("/// <summary>Reads the enums that commands take, by the names of their members; case does not matter.</summary>");
        source.Obsolete(suppression);
        source.Line("internal static class CommandChoices");
        source.Open();
        foreach (EnumModel choices in all)
        {
            source.Line();
            source.Line($"public static bool TryRead(ReadOnlySpan<byte> word, out {choices.Type} value)");
            source.Open();
            new NameSwitchEmitter(source, "word", "Ascii.EqualsIgnoreCase", part: null).Emit([.. choices.Members.Select(member => new NamedAction(
                Grammar.Typed(member), [$"value = {choices.Type}.{Literal.Identifier(member.Name)};", "return true;"]))]);
            source.Line();
            source.Line("value = default;");
            source.Line("return false;");
            source.Close();
        }

        source.Close();
        return source.ToString();
    }
}
