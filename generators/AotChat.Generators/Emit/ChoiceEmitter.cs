using AotChat.Generators.Models;

namespace AotChat.Generators.Emit;

/// <summary>Writes a method for each enum that commands take: from the name of a member to its value.</summary>
internal sealed class ChoiceEmitter
{
    private readonly List<(EnumModel Choices, string Method)> _methods = [];

    public ChoiceEmitter(EquatableArray<CommandModel> commands)
    {
        LocalNames names = new([], []);
        foreach (EnumModel choices in commands.SelectMany(command => command.Parameters).Select(parameter => parameter.Choices).OfType<EnumModel>())
        {
            if (!_methods.Any(known => known.Choices.Type == choices.Type))
            {
                _methods.Add((choices, names.Take("Try" + choices.Name)));
            }
        }
    }

    /// <summary>The method that reads this enum.</summary>
    public string MethodOf(EnumModel choices) => _methods.First(known => known.Choices.Type == choices.Type).Method;

    public void Emit(SourceWriter source)
    {
        foreach ((EnumModel choices, string method) in _methods)
        {
            source.Line();
            source.Line($"private static bool {method}(ReadOnlySpan<byte> word, out {choices.Type} value)");
            source.Open();
            NameSwitchEmitter.Emit(source, "word", [.. choices.Members.Select(member => (
                Grammar.Typed(member), new[] { $"value = {choices.Type}.{Literal.Identifier(member.Name)};", "return true;" }))]);
            source.Line();
            source.Line("value = default;");
            source.Line("return false;");
            source.Close();
        }
    }
}
