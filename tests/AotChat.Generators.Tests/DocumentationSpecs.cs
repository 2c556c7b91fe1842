using AotChat.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AotChat.Generators.Tests;

/// <summary>How a doc comment becomes a help text.</summary>
public sealed class DocumentationSpecs
{
    [Theory]
    [InlineData("/// <summary>Talks.</summary>", "Talks.")]
    [InlineData("/// <summary>\n///   Talks\n///   a lot.\n/// </summary>", "Talks a lot.")]
    [InlineData("/** <summary>Talks.</summary> */", "Talks.")]
    [InlineData("/**\n * <summary>\n * Talks\n * a lot.\n * </summary>\n */", "Talks a lot.")]
    [InlineData("/// <summary>One<br/>two<para>three</para><para>four</para></summary>", "One two three four")]
    [InlineData("/// <summary><c>a</c> <paramref name=\"b\"/> &lt;c&gt; <see langword=\"null\"/></summary>", "a B <c> null")]
    [InlineData("/// <summary>See <see cref=\"Some.Type.Method(System.Int32)\"/>.</summary>", "See Method.")]
    [InlineData("/// <summary>See <see cref=\"Some.Type\">that</see>.</summary>", "See that.")]
    [InlineData("/** <summary>a\u2028b\u0085c</summary> */", "a b c")]
    [InlineData("/// <summary>a&#x9b;b\u202ec&#x2029;d</summary>", "a b c d")]
    [InlineData("#if NEVER\n/// <summary>Walks.</summary>\n#endif\n/// <summary>Talks.</summary>", "Talks.")]
    [InlineData("//// a < b\n/// <summary>Talks.</summary>", "Talks.")]
    [InlineData("// <summary>Talks.</summary>", "")]
    [InlineData("/* <summary>Talks.</summary> */", "")]
    [InlineData("/**/", "")]
    [InlineData("/// <summary>Talks.", "")]
    [InlineData("/// <summary>a & b</summary>", "")]
    [InlineData("/// <inheritdoc/>", "")]
    [InlineData("", "")]
    public void A_summary_is_plain_text_on_one_line_whether_or_not_the_compiler_reads_documentation(string comment, string expected)
    {
        foreach (DocumentationMode mode in Enum.GetValues<DocumentationMode>())
        {
            foreach (string lineEnd in new[] { "\n", "\r\n" })
            {
                string text = $"class C\n{{\n{comment}\n[A] void M() {{ }}\n}}".Replace("\n", lineEnd, StringComparison.Ordinal);
                SyntaxNode root = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest, mode)).GetRoot();

                Assert.Equal(expected, DocumentationText.SummaryOf(root.DescendantNodes().OfType<MethodDeclarationSyntax>().Single()));
            }
        }
    }
}
