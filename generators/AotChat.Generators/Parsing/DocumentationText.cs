using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AotChat.Generators.Parsing;

/// <summary>Reads a method's XML summary as plain text on one line.</summary>
/// <remarks>
/// From the trivia, not from the symbol: the compiler keeps documentation only where it is asked to write it, and a
/// help text must not depend on that. Where documentation is off, the same text arrives as an ordinary comment.
/// </remarks>
internal static class DocumentationText
{
    private const string Open = "<summary>";
    private const string Close = "</summary>";

    /// <summary>The summary; empty where there is none, or none that is well-formed.</summary>
    public static string SummaryOf(SyntaxNode member)
    {
        StringBuilder lines = new();
        foreach (SyntaxTrivia trivia in member.GetLeadingTrivia())
        {
            switch (trivia.Kind())
            {
                case SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.SingleLineCommentTrivia:
                    AppendLines(lines, trivia.ToFullString());
                    break;

                case SyntaxKind.MultiLineDocumentationCommentTrivia or SyntaxKind.MultiLineCommentTrivia:
                    AppendBlock(lines, trivia.ToFullString().Trim());
                    break;
            }
        }

        string comment = lines.ToString();
        if (PlainSummaryOf(comment) is { } plain)
        {
            return plain;
        }

        try
        {
            XElement? summary = XElement.Parse($"<doc>{comment}</doc>", LoadOptions.PreserveWhitespace).Element("summary");
            return summary is null ? "" : OnOneLine(TextOf(summary));
        }
        catch (XmlException)
        {
            return "";
        }
    }

    // Most summaries stand first and hold nothing but words: no need for XML, ten times as fast.
    private static string? PlainSummaryOf(string comment)
    {
        int start = 0;
        while (start < comment.Length && char.IsWhiteSpace(comment[start]))
        {
            start++;
        }

        if (string.CompareOrdinal(comment, start, Open, 0, Open.Length) != 0)
        {
            return null;
        }

        start += Open.Length;
        int end = comment.IndexOfAny(['<', '&'], start);
        return end >= 0 && string.CompareOrdinal(comment, end, Close, 0, Close.Length) == 0
            ? OnOneLine(comment.Substring(start, end - start))
            : null;
    }

    private static string OnOneLine(string text)
    {
        StringBuilder line = new();
        bool isGapDue = false;
        foreach (char letter in text)
        {
            if (char.IsWhiteSpace(letter) || !LineText.IsPrintable(letter))
            {
                isGapDue = line.Length > 0;
                continue;
            }

            if (isGapDue)
            {
                line.Append(' ');
                isGapDue = false;
            }

            line.Append(letter);
        }

        return line.ToString();
    }

    private static void AppendLines(StringBuilder comment, string text)
    {
        foreach (string line in text.Split('\n'))
        {
            string trimmed = line.TrimStart();
            if (trimmed.StartsWith("///", StringComparison.Ordinal) && !trimmed.StartsWith("////", StringComparison.Ordinal))
            {
                comment.Append(trimmed, 3, trimmed.Length - 3).Append('\n');
            }
        }
    }

    private static void AppendBlock(StringBuilder comment, string text)
    {
        const int Marks = 5; // Of "/**" and "*/".
        if (text.Length < Marks || !text.StartsWith("/**", StringComparison.Ordinal))
        {
            return;
        }

        foreach (string line in text.Substring(3, text.Length - Marks).Split('\n'))
        {
            string trimmed = line.TrimStart();
            int start = trimmed.StartsWith("*", StringComparison.Ordinal) ? 1 : 0;
            comment.Append(trimmed, start, trimmed.Length - start).Append('\n');
        }
    }

    private static string TextOf(XElement element)
    {
        StringBuilder text = new();
        foreach (XNode node in element.Nodes())
        {
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { Name.LocalName: "para" or "br" or "item" or "code" } apart => $" {TextOf(apart)} ",
                XElement { Name.LocalName: "paramref" } parameter => parameter.Attribute("name")?.Value.ToUpperInvariant(),
                XElement { IsEmpty: true } reference => ReferenceOf(reference),
                XElement inner => TextOf(inner),
                _ => "",
            });
        }

        return text.ToString();
    }

    // Of a member its last name: what help is for has no use for namespaces and parameter types.
    private static string? ReferenceOf(XElement reference)
    {
        if (reference.Attribute("cref")?.Value is not { } target)
        {
            return (reference.Attribute("langword") ?? reference.Attribute("href"))?.Value;
        }

        string member = target.Split('(')[0];
        return member.Substring(member.LastIndexOf('.') + 1);
    }
}
