namespace AotChat.EndToEnd.Tests;

/// <summary>What the README promises is so.</summary>
public sealed class ReadmeSpecs
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Executable.SolutionFolder, "README.md"));

    private static readonly string[] Headings = ["Talking:", "Rooms:", "History:", "People:", "Accounts:", "Jobs:", "Terminal:", "Server:"];

    [Fact]
    public async Task The_readme_lists_every_command()
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        await alice.TypeAsync("help");
        List<string> commands = [];
        bool isOwn = true;
        while (await alice.ReadAsync() is { } line && !line.StartsWith("Help on one", StringComparison.Ordinal))
        {
            // A command that somebody adds stands under "General", or a heading of its own.
            isOwn = line.StartsWith("  ", StringComparison.Ordinal) ? isOwn : Headings.Contains(line);
            if (isOwn && line.StartsWith("  ", StringComparison.Ordinal))
            {
                commands.Add(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]);
            }
        }

        Assert.InRange(commands.Count, 30, 100);
        Assert.All(commands, name => Assert.Matches($@"(?m)^\| (`[^|]*`, )*`{name}[ `]", Readme));
    }

    [Fact]
    public async Task The_readme_lists_every_option_with_its_default()
    {
        string settings = (await Server.RunAsync(["--check"], ("CHAT_DATA", "default"))).StandardOutput;

        // Behind an empty line stands what is kept on disk.
        Assert.All(settings.Split("\n\n")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Contains($"| `{words[0]}` | {words[1]} |", Readme, StringComparison.Ordinal);
        });
    }
}
