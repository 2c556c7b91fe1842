using System.Globalization;
using AotChat.Text;

namespace AotChat.Configuration;

/// <summary>
/// Reads all settings in layers, flags over environment over file over defaults, and checks each of them, also those
/// that a higher layer hides.
/// </summary>
internal sealed class ChatConfiguration
{
    // One slip for this many letters of a name; more slips make it another word.
    private const int LettersPerSlip = 4;

    private readonly ArgumentList _arguments;
    private readonly Func<ChatOptions, IEnumerable<string>> _check;
    private readonly List<string> _problems;
    private readonly List<string> _warnings = [];
    private readonly ChatOptions _options = new();
    private readonly Dictionary<Option, string> _sources = [];

    private ChatConfiguration(ArgumentList arguments, Func<ChatOptions, IEnumerable<string>> check)
    {
        _check = check;
        _arguments = arguments;
        _problems = arguments.Problems;
    }

    /// <summary>Reads the command line and this process's environment.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="check">Finds what is wrong with settings that are about commands, which are not known here.</param>
    public static StartRequest Read(IReadOnlyList<string> arguments, Func<ChatOptions, IEnumerable<string>> check) =>
        Read(arguments, EnvironmentSettings.OfProcess(), check);

    /// <summary>Reads the command line and these variables.</summary>
    internal static StartRequest Read(
        IReadOnlyList<string> arguments, IEnumerable<KeyValuePair<string, string?>> variables, Func<ChatOptions, IEnumerable<string>>? check = null)
    {
        ArgumentList list = ArgumentList.Parse(arguments);
        if (list.Given.Contains(ArgumentList.Help))
        {
            return new StartRequest.Print(HelpText.Help(), []);
        }

        if (list.Given.Contains(ArgumentList.Version))
        {
            return new StartRequest.Print(HelpText.Version(), []);
        }

        return new ChatConfiguration(list, check ?? (_ => [])).Read(EnvironmentSettings.Read(variables));
    }

    private StartRequest Read(IReadOnlyList<Setting> environment)
    {
        List<Setting> flags = [];
        foreach ((string name, string? value) in _arguments.Settings)
        {
            if (name != ArgumentList.Backup)
            {
                flags.Add(new Setting(name, value ?? "", "--" + name, "--" + name));
            }
        }


        // Later layers win.
        if ((flags.FirstOrDefault(NamesFile) ?? environment.FirstOrDefault(NamesFile)) is { } config)
        {
            Apply(ReadFile(config), option => option.Name, CheckUnknownInFile);
        }

        Apply(environment.Where(setting => !NamesFile(setting)), option => option.VariableKey, CheckUnknownVariable);
        Apply(flags.Where(setting => !NamesFile(setting)), option => option.Name, CheckUnknownInFile);
        if (_problems.Count == 0)
        {
            CheckTogether();
        }

        if (_problems.Count > 0)
        {
            return new StartRequest.Refuse(FirstProblems());
        }

        if (_arguments.Given.Contains(ArgumentList.Check))
        {
            return new StartRequest.Check(_options, HelpText.Check(_options, _sources), _warnings);
        }

        return _arguments.Settings.TryGetValue(ArgumentList.Backup, out string? backup)
            ? new StartRequest.Backup(_options, backup ?? "")
            : new StartRequest.Serve(_options, _warnings);
    }

    private static bool NamesFile(Setting setting) => setting.Key.Equals(ArgumentList.Config, StringComparison.OrdinalIgnoreCase);

    private IReadOnlyList<Setting> ReadFile(Setting config)
    {
        if (!SmallFile.TryRead(config.Value, ChatOptions.SettingsFileBytes, out ReadOnlyMemory<byte> bytes, out string problem))
        {
            _problems.Add($"{config.Label}: {problem}");
            return [];
        }

        SettingsFile file = SettingsFile.Parse(config.Value, bytes.Span);
        _problems.AddRange(file.Problems);
        return file.Settings;
    }

    private void Apply(IEnumerable<Setting> layer, Func<Option, string> keyOf, Action<Setting> checkUnknown)
    {
        foreach (Setting setting in layer)
        {
            Option? option = OptionCatalog.All.FirstOrDefault(known => keyOf(known).Equals(setting.Key, StringComparison.OrdinalIgnoreCase));
            if (option is null)
            {
                checkUnknown(setting);
            }
            else if (option.FindDuplicate?.Invoke(setting.Value) is { } duplicate)
            {
                _problems.Add($"{setting.Label}: {duplicate}");
            }
            else if (option.TrySet(_options, setting.Value))
            {
                _sources[option] = setting.Source;
            }
            else
            {
                _problems.Add($"{setting.Label}: '{SafeText.Of(setting.Value)}' is not allowed; use {option.Allowed}");
            }
        }
    }

    private void CheckUnknownInFile(Setting setting)
    {
        if (NamesFile(setting))
        {
            _problems.Add($"{setting.Label}: a configuration file cannot name another one");
            return;
        }

        string? meant = Spelling.Nearest(setting.Key.ToUpperInvariant(), OptionCatalog.All.Select(option => option.Name.ToUpperInvariant()));
        _problems.Add(
            $"{setting.Label}: there is no such option"
            + (meant is null ? "; --help lists all" : $". Did you mean {meant.ToLowerInvariant()}?"));
    }

    // A name that is like none of ours belongs to another program, and must not keep this one from starting. Short words
    // are close to each other: MODE is no slip of MOTD.
    private void CheckUnknownVariable(Setting setting)
    {
        string key = setting.Key.ToUpperInvariant();
        string? meant = Spelling.Nearest(key, OptionCatalog.All.Select(option => option.VariableKey).Append(ArgumentList.Config.ToUpperInvariant()));
        if (meant is not null && Spelling.Distance(key, meant) <= Math.Max(1, meant.Length / LettersPerSlip))
        {
            _problems.Add($"{setting.Label}: there is no such option. Did you mean {Option.VariablePrefix}{meant}?");
        }
        else
        {
            _warnings.Add($"{setting.Label} is ignored, since there is no such option; --help lists all");
        }
    }

    // What each setting alone can't show.
    private void CheckTogether()
    {
        if (_options.OutboxHardBytes < _options.OutboxSoftBytes)
        {
            _problems.Add($"outbox-hard ({_options.OutboxHardBytes}) is less than outbox-soft ({_options.OutboxSoftBytes}); make it at least as large");
        }

        if (_options.MotdFile.Length > 0)
        {
            if (MessageOfTheDay.TryRead(_options.MotdFile, out string[] lines, out string problem))
            {
                _options.MessageOfTheDay = lines;
            }
            else
            {
                _problems.Add($"motd: {problem}");
            }
        }

        if (_options.ProxyProtocol && _options.Trusted.IsEmpty)
        {
            _problems.Add("proxy-protocol needs trusted, the addresses of the proxies, such as 127.0.0.1 or 10.0.0.0/8");
        }

        _problems.AddRange(_check(_options));
        if (_options.User.Length > 0 && SystemUser.Find(_options.User) is null)
        {
            _problems.Add($"user: this machine has no user '{SafeText.Of(_options.User)}'");
        }
    }

    private List<string> FirstProblems()
    {
        int more = _problems.Count - ChatOptions.ProblemsShown;
        return more <= 0
            ? _problems
            : [.. _problems.Take(ChatOptions.ProblemsShown), string.Create(CultureInfo.InvariantCulture, $"there are {more} more problems")];
    }
}
