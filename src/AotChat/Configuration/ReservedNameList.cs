using System.Diagnostics.CodeAnalysis;
using System.Text;
using AotChat.Text;

namespace AotChat.Configuration;

/// <summary>Names that nobody may take, as one writes them: <c>boss,acme</c>.</summary>
internal static class ReservedNameList
{
    private const string None = "none";

    /// <summary>Reads a list of names that could be taken otherwise; <c>none</c> stands for nothing.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out string[]? names)
    {
        names = text == None ? [] : text.Split(',', StringSplitOptions.TrimEntries);
        if (!Array.TrueForAll(names, name => NameRules.IsWellFormed(Encoding.UTF8.GetBytes(name))))
        {
            names = null;
        }

        return names is not null;
    }

    /// <summary>The list as one writes it.</summary>
    public static string Show(IReadOnlyList<string> names) => names.Count == 0 ? None : string.Join(',', names);
}
