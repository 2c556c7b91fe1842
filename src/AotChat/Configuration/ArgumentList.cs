using AotChat.Text;

namespace AotChat.Configuration;

/// <summary>The command line, cut into switches (<c>--check</c>) and settings (<c>--port 1235</c>, <c>--port=1235</c>).</summary>
internal sealed class ArgumentList
{
    public const string Config = "config";
    public const string Help = "help";
    public const string Version = "version";
    public const string Check = "check";
    public const string Backup = "backup";

    private static readonly string[] Switches = [Help, Version, Check];

    private ArgumentList()
    {
    }

    /// <summary>The switches that were given.</summary>
    public HashSet<string> Given { get; } = [];

    /// <summary>The settings, by name.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>What is wrong with the command line itself, a line each.</summary>
    public List<string> Problems { get; } = [];

    public static ArgumentList Parse(IReadOnlyList<string> arguments)
    {
        ArgumentList list = new();
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i] == "-h" ? "--" + Help : arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal) || argument.Length == 2)
            {
                list.Problems.Add($"unexpected argument '{SafeText.Of(argument)}'; write --NAME VALUE");
                continue;
            }

            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = argument[2..(equals < 0 ? argument.Length : equals)];
            if (Switches.Contains(name))
            {
                list.AddSwitch(name, hasValue: equals >= 0);
            }
            else if (name is not (Config or Backup) && OptionCatalog.All.All(option => option.Name != name))
            {
                list.Problems.Add(Unknown(name));

                // Its value is not a second mistake.
                i += equals < 0 && i + 1 < arguments.Count && !arguments[i + 1].StartsWith('-') ? 1 : 0;
            }
            else if (equals >= 0)
            {
                list.AddSetting(name, argument[(equals + 1)..]);
            }
            else if (i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                list.AddSetting(name, arguments[++i]);
            }
            else if (OptionCatalog.All.Any(option => option.Name == name && option.IsSwitch))
            {
                list.AddSetting(name, "true");
            }
            else
            {
                list.Problems.Add($"--{name} needs a value");
            }
        }

        return list;
    }

    private void AddSwitch(string name, bool hasValue)
    {
        if (hasValue)
        {
            Problems.Add($"--{name} takes no value");
        }

        Given.Add(name);
    }

    private void AddSetting(string name, string value)
    {
        if (!Settings.TryAdd(name, value))
        {
            Problems.Add($"--{name} is given twice");
        }
    }

    private static string Unknown(string name)
    {
        if (name == "worker")
        {
            return "--worker is for the server only, which starts its own workers with it";
        }

        string? near = Spelling.Nearest(name, OptionCatalog.All.Select(option => option.Name).Concat(Switches).Append(Config).Append(Backup));
        return $"--{SafeText.Of(name)}: there is no such option" + (near is null ? "; --help lists all" : $". Did you mean --{near}?");
    }
}
