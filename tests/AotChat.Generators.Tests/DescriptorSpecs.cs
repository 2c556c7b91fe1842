using System.Reflection;
using System.Runtime.CompilerServices;
using AotChat.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Tests;

/// <summary>What is written about the diagnostics, for those who meet one.</summary>
public sealed class DescriptorSpecs
{
    /// <summary>All of them.</summary>
    internal static readonly DiagnosticDescriptor[] All =
    [
        .. typeof(Descriptors).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>(),
    ];

    /// <summary>What explains them.</summary>
    internal static string Documentation => File.ReadAllText(PathOf("README.md"));

    [Fact]
    public void An_ID_stands_for_one_thing() => Assert.Equal(All.Length, All.Select(descriptor => descriptor.Id).Distinct().Count());

    [Fact]
    public void Each_diagnostic_has_a_description_and_a_help_link() => Assert.All(All, descriptor =>
    {
        Assert.NotEmpty(descriptor.Description.ToString(null));
        Assert.Equal($"generators/AotChat.Generators/README.md#{descriptor.Id}", descriptor.HelpLinkUri);
    });

    [Fact]
    public void The_documentation_explains_each_diagnostic_and_nothing_else()
    {
        IEnumerable<string> explained = File.ReadLines(PathOf("README.md"))
            .Where(line => line.StartsWith("### CHAT", StringComparison.Ordinal))
            .Select(line => line["### ".Length..]);

        Assert.Equal(All.Select(descriptor => descriptor.Id).Order(StringComparer.Ordinal), explained);
    }

    [Fact]
    public void The_documentation_gives_each_diagnostic_its_title()
    {
        Assert.All(All, descriptor => Assert.Contains($"### {descriptor.Id}\n{descriptor.Title}.", Documentation, StringComparison.Ordinal));
    }

    [Fact]
    public void The_list_of_releases_has_each_diagnostic_with_its_title()
    {
        string[] releases = File.ReadAllLines(PathOf("AnalyzerReleases.Unshipped.md"));

        Assert.All(All, descriptor => Assert.Contains(
            releases,
            line => line.StartsWith(descriptor.Id, StringComparison.Ordinal) && line.EndsWith($"| {descriptor.Title}", StringComparison.Ordinal)));
    }

    private static string PathOf(string file, [CallerFilePath] string source = "") =>
        Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "generators", "AotChat.Generators", file);
}
