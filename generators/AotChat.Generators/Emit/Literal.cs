using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace AotChat.Generators.Emit;

/// <summary>Writes values as C#.</summary>
internal static class Literal
{
    /// <summary>A string literal.</summary>
    public static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>A UTF-8 literal.</summary>
    public static string Utf8(string value) => Text(value) + "u8";

    /// <summary>An identifier, escaped where it is a keyword.</summary>
    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>
    /// The text in the form that is usual for methods, <c>set-topic</c> becomes <c>SetTopic</c>; no two become the same.
    /// </summary>
    public static string PascalCase(string name)
    {
        StringBuilder result = new();
        foreach (string part in name.Split('-'))
        {
            if (part.Length == 0 || (part[0] is >= '0' and <= '9'))
            {
                result.Append('_').Append(part);
            }
            else
            {
                result.Append(char.ToUpper(part[0], CultureInfo.InvariantCulture)).Append(part, 1, part.Length - 1);
            }
        }

        return result.ToString();
    }
}
