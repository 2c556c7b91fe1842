using System.Collections.Immutable;
using AotChat.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Parsing;

/// <summary>Decides which texts of an attribute can be shown as one line of the chat.</summary>
internal static class LineText
{
    /// <summary>Reports each named argument that is a text and not one line.</summary>
    public static void Report(AttributeData attribute, ImmutableArray<DiagnosticInfo>.Builder problems, CancellationToken cancellation)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Value is { Kind: TypedConstantKind.Primitive, Value: string text } && !IsOneLine(text))
            {
                Location place = AttributeValues.ValueOf(attribute, argument.Key, cancellation) ?? AttributeValues.PlaceOf(attribute);
                problems.Add(DiagnosticInfo.Create(Descriptors.NotOneLine, place, argument.Key));
            }
        }
    }

    /// <summary>
    /// Whether a UTF-16 code unit may stand in a line: no control character, no line or paragraph separator, and no
    /// bidirectional embedding, override or isolate (CVE-2021-42574). The server sends none of these to a terminal.
    /// </summary>
    public static bool IsPrintable(char letter) =>
        !char.IsControl(letter) && letter is not (>= '\u2028' and <= '\u202E') and not (>= '\u2066' and <= '\u2069');

    // Half of a surrogate pair has no UTF-8, which the compiler refuses in a literal (CS9026).
    private static bool IsOneLine(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]) || !IsPrintable(text[i]))
            {
                return false;
            }
        }

        return text.Length > 0;
    }
}
