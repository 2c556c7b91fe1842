using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace AotChat.Tests;

/// <summary>The folders of the server know only those that the design allows. The test reads the sources.</summary>
public sealed partial class ArchitectureSpecs(ITestOutputHelper output)
{
    // Each folder, and those that it may know. What is not here is forbidden. The root puts everything together.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Text"] = [],
        ["Native"] = [],
        ["Limits"] = [],
        ["Diagnostics"] = [],
        ["Configuration"] = ["Native", "Text"],
        ["Logging"] = ["Configuration", "Native", "Text"],
        ["Loop"] = ["Diagnostics", "Native"],
        ["Transport"] = ["Loop", "Native"],
        ["Connections"] = ["Configuration", "Diagnostics", "Limits", "Loop", "Transport"],

        // AddressSet and PortList: the addresses that a fetch may go to are written like those of the options.
        ["Jobs"] = ["Configuration"],
        ["Workers"] = ["Jobs"],
        ["Workers/Pool"] = ["Configuration", "Jobs", "Limits", "Native", "Workers"],
        ["Workers/Child"] = ["Configuration", "Jobs", "Logging", "Native", "Workers"],
        ["Chat"] = ["Configuration", "Text"],

        // Implements an interface of the chat; nobody knows it but the root.
        ["Store"] = ["Chat", "Configuration", "Loop", "Native", "Text"],
        ["Commands"] = ["Chat", "Configuration", "Diagnostics", "Jobs", "Text", "Workers"],
        ["Protocols/Foreign"] = ["Connections", "Diagnostics"],
        ["Protocols/Terminal"] =
        [
            "Chat", "Commands", "Configuration", "Connections", "Diagnostics", "Limits", "Loop", "Text", "Transport", "Workers",
        ],
        ["Protocols"] = ["Chat", "Commands", "Configuration", "Connections", "Diagnostics", "Loop", "Protocols/Foreign", "Protocols/Terminal", "Workers"],
    };

    private static readonly string Sources = SourceFolder();

    [Fact]
    public void Folders_know_only_those_that_they_may()
    {
        // The root is in no list: nobody may reach up to it.
        string[] forbidden = [.. Arrows().Where(arrow => arrow.From.Length > 0 && !Allowed[arrow.From].Contains(arrow.To))
            .Select(arrow => $"{arrow.From} -> {Shown(arrow.To)}: {arrow.Where}")];

        Assert.Empty(forbidden);
    }

    [Fact]
    public void No_folders_know_each_other_in_a_circle()
    {
        ILookup<string, string> next = Arrows().Select(arrow => (arrow.From, arrow.To)).Distinct().ToLookup(arrow => arrow.From, arrow => arrow.To);

        Assert.All(Folders(), folder => Assert.DoesNotContain(folder, Reachable(folder, next)));
    }

    [Fact]
    public void Every_folder_has_its_place_in_the_design() => Assert.Equal(Allowed.Keys.Order(), Folders().Where(folder => folder.Length > 0).Order());

    [Fact]
    public void The_arrows_are_shown()
    {
        (string From, string To, string Where)[] arrows = [.. Arrows()];
        foreach (IGrouping<(string, string), (string From, string To, string Where)> group in arrows.GroupBy(arrow => (arrow.From, arrow.To)).OrderBy(group => group.Key))
        {
            output.WriteLine($"{Shown(group.Key.Item1)} -> {Shown(group.Key.Item2)}: {string.Join(", ", group.Select(arrow => arrow.Where).Distinct().Order())}");
        }

        Assert.Contains(arrows, arrow => arrow is { From: "Commands", To: "Chat" });
        Assert.Contains(arrows, arrow => arrow is { From: "", To: "Protocols" });

        // By a global name alone.
        Assert.Contains(arrows, arrow => arrow is { From: "Protocols/Terminal", To: "Chat", Where: "SessionLog.cs" });
        Assert.Contains(arrows, arrow => arrow is { From: "Workers/Pool", To: "Jobs", Where: "Job.cs" });
    }

    [Fact]
    public void The_C_library_is_called_in_one_folder_and_each_call_is_declared_once()
    {
        (string Folder, string Entry)[] calls = [.. Files().SelectMany(file => EntryPoint().Matches(File.ReadAllText(file))
            .Select(match => (FolderOf(file), match.Groups[1].Value)))];

        Assert.All(calls, call => Assert.Equal("Native", call.Folder));
        Assert.Empty(calls.GroupBy(call => call.Entry).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Numbers_of_log_messages_are_unique()
    {
        IEnumerable<string> numbers = Files().SelectMany(file => LogNumber().Matches(File.ReadAllText(file))
            .Select(match => match.Groups[1].Value + match.Groups[2].Value));

        Assert.Empty(numbers.GroupBy(number => number).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Times_that_limit_something_stand_in_the_options()
    {
        string[] elsewhere = [.. Files().Where(file => FolderOf(file) != "Configuration")
            .SelectMany(file => FixedTime().Matches(CodeOf(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}"))];

        Assert.Empty(elsewhere);
    }

    // A file knows a folder where it names it in a using or in front of one of its types, or names a type of a folder above its own.
    private static IEnumerable<(string From, string To, string Where)> Arrows()
    {
        string[] files = [.. Files()];
        Dictionary<string, string[]> typesOf = files.GroupBy(FolderOf)
            .ToDictionary(group => group.Key, group => group.SelectMany(file => TypeName().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).ToArray());
        foreach (string file in files)
        {
            string from = FolderOf(file);
            string code = CodeOf(file);
            string where = Path.GetFileName(file);
            foreach (string used in Using().Matches(code).Select(match => match.Groups[1].Value.Replace('.', '/')).Where(typesOf.ContainsKey))
            {
                yield return (from, used, where);
            }

            // A type that has a global name needs no using: it counts where it stands as a type, not as a property's name.
            foreach ((string alias, string folder) in GlobalNames().Where(name => name.Folder != from))
            {
                if (Regex.IsMatch(code, $@"(?<![\w.]){alias}[?\[\]]*\s+[a-z_]\w*\s*[,;=)]|[<(]{alias}\??[>)]|new {alias}\(|\[{alias.Replace("Attribute", "", StringComparison.Ordinal)}[\](]|(?<![\w.]){alias}\.\w|throw new {alias}|catch \({alias}"))
                {
                    yield return (from, folder, where);
                }
            }

            HashSet<string> words = [.. Word().Matches(code).Select(match => match.Value)];
            foreach ((string to, string[] types) in typesOf.Where(folder => folder.Key != from))
            {
                string qualifier = to.Replace("/", @"\.", StringComparison.Ordinal);
                if (types.Where(words.Contains).Any(type => IsAbove(to, from)
                    ? Regex.IsMatch(code, $@"new {type}\(|(?<![\w.\[]){type}(?![\w""(])")
                    : Regex.IsMatch(code, $@"(?<![\w.]){qualifier}\.{type}\b(?!\()")))
                {
                    yield return (from, to, where);
                }
            }
        }
    }

    private static IEnumerable<(string Name, string Folder)> GlobalNames() =>
        GlobalName().Matches(File.ReadAllText(Path.Combine(Sources, "GlobalUsings.cs")))
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value.Replace('.', '/')));

    private static bool IsAbove(string folder, string other) => folder.Length == 0 || other.StartsWith(folder + "/", StringComparison.Ordinal);

    private static string CodeOf(string file) => Text().Replace(Comment().Replace(File.ReadAllText(file), ""), "\"\"");

    private static HashSet<string> Reachable(string folder, ILookup<string, string> next)
    {
        HashSet<string> found = [];
        Stack<string> open = new(next[folder]);
        while (open.TryPop(out string? current))
        {
            if (found.Add(current))
            {
                foreach (string further in next[current])
                {
                    open.Push(further);
                }
            }
        }

        return found;
    }

    private static IEnumerable<string> Folders() => Files().Select(FolderOf).Distinct();

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories);

    private static string FolderOf(string file) => Path.GetRelativePath(Sources, Path.GetDirectoryName(file)!).Replace('\\', '/') is var folder && folder == "." ? "" : folder;

    private static string Shown(string folder) => folder.Length == 0 ? "(root)" : folder;

    private static string SourceFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AotChat.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("The solution is not above the tests."), "src", "AotChat");
    }

    [GeneratedRegex(@"^using AotChat\.([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^(?:public |internal )(?:static |sealed |abstract |readonly |ref |partial |unsafe )*(?:class|struct|interface|enum|record struct|record)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^global using (\w+) = AotChat\.([\w.]+)\.\w+;", RegexOptions.Multiline)]
    private static partial Regex GlobalName();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex("\"(?:[^\"\\\\\\n]|\\\\.)*\"")]
    private static partial Regex Text();

    [GeneratedRegex("""EntryPoint = "(\w+)""")]
    private static partial Regex EntryPoint();

    [GeneratedRegex(@"TimeSpan\.From(?:Milliseconds|Seconds|Minutes|Hours|Days)\([\d_.]+\)")]
    private static partial Regex FixedTime();

    [GeneratedRegex(@"LoggerMessage\((\d+),|new EventId\((\d+)[,)]")]
    private static partial Regex LogNumber();
}
