using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Parsing;

/// <summary>Reads a method's XML summary as plain text on one line.</summary>
/// <remarks>
/// From the trivia, not from the symbol: the compiler keeps documentation only where it is asked to write it, and a
/// help text must not depend on that.
/// </remarks>
internal static class DocumentationText
{
    private static readonly Regex WhiteSpace = new(@"\s+", RegexOptions.CultureInvariant);

    /// <summary>The summary; empty where there is none, or none that is well-formed.</summary>
    public static string SummaryOf(SyntaxNode member)
    {
        StringBuilder comment = new("<doc>");
        foreach (string line in member.GetLeadingTrivia().ToFullString().Split('\n'))
        {
            string trimmed = line.TrimStart();
            if (trimmed.StartsWith("///", StringComparison.Ordinal))
            {
                comment.Append(trimmed, 3, trimmed.Length - 3).Append('\n');
            }
        }

        try
        {
            XElement? summary = XElement.Parse(comment.Append("</doc>").ToString()).Element("summary");
            return summary is null ? "" : WhiteSpace.Replace(TextOf(summary), " ").Trim();
        }
        catch (XmlException)
        {
            return "";
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
                XElement { Name.LocalName: "paramref" } parameter => parameter.Attribute("name")?.Value.ToUpperInvariant(),
                XElement { IsEmpty: true } reference => ReferenceOf(reference),
                XElement inner => TextOf(inner),
                _ => "",
            });
        }

        return text.ToString();
    }

    private static string? ReferenceOf(XElement reference)
    {
        string? target = (reference.Attribute("cref") ?? reference.Attribute("langword") ?? reference.Attribute("href"))?.Value;
        return reference.Attribute("cref") is null ? target : target?.Substring(target.LastIndexOf('.') + 1);
    }
}
