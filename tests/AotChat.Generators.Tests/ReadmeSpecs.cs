using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace AotChat.Generators.Tests;

/// <summary>What the README shows of a command and of what becomes of it is so.</summary>
public sealed partial class ReadmeSpecs
{
    [Fact]
    public void The_example_generates_the_code_that_the_readme_shows()
    {
        string[] blocks = [.. Block().Matches(Section()).Select(block => block.Value)];
        Assert.Equal(2, blocks.Length);

        // The body needs the whole server; its signature is what counts here.
        Project project = Project.Create(Body().Replace(blocks[0], ") { }"), "global using User = AotChat.Chat.User;");

        Assert.Empty(project.Diagnostics);
        string generated = project.Generated("CommandDispatcher.g.cs");
        int at = 0;
        foreach (string line in blocks[1].Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line != "…"))
        {
            int found = generated.IndexOf(line, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{line}' is not generated, or not there.");
            at = found + line.Length;
        }
    }

    [Fact]
    public void The_example_of_the_readme_builds_in_the_server()
    {
        string example = Block().Match(Section()).Value;

        Assert.Contains("[Command(\"roll\")]", example, StringComparison.Ordinal);
        Assert.Empty(ServerProject.Compile(example));
        Assert.NotEmpty(ServerProject.Compile(example.Replace("context.TryTell", "context.Whistle", StringComparison.Ordinal)));
    }

    private static string Section([CallerFilePath] string source = "")
    {
        string readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "README.md")).ReplaceLineEndings("\n");
        int start = readme.IndexOf("## Write your own command", StringComparison.Ordinal);
        return readme[start..readme.IndexOf("\n## ", start + 1, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"(?m)^    \S.*\n(?:(?:    .*)?\n)*")]
    private static partial Regex Block();

    [GeneratedRegex(@"\) =>[^;]*;")]
    private static partial Regex Body();
}
