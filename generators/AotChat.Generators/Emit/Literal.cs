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

    /// <summary>A literal of a <see cref="double"/>, or the constant for what has none.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value))
        {
            return "double.NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        }

        if (value == 0)
        {
            // .NET Framework, which hosts some editors, writes both as "0".
            return 1 / value < 0 ? "-0.0" : "0.0";
        }

        // Without a point it would be an integer, and too large from 1E+19 on.
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.IndexOfAny(['.', 'E']) < 0 ? text + ".0" : text;
    }

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
