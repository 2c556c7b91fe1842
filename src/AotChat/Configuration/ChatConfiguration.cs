using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Ini;
using Microsoft.Extensions.Configuration.Memory;

namespace AotChat.Configuration;

/// <summary>
/// Reads all settings in layers, flags over environment over file over defaults, and checks each of them, also those
/// that a higher layer hides.
/// </summary>
internal sealed class ChatConfiguration
{
    private readonly ArgumentList _arguments;
    private readonly List<string> _problems;
    private readonly ChatOptions _options = new();
    private readonly Dictionary<Option, string> _sources = [];

    private ChatConfiguration(ArgumentList arguments)
    {
        _arguments = arguments;
        _problems = arguments.Problems;
    }

    /// <summary>Reads the command line and this process's environment.</summary>
    public static StartRequest Read(IReadOnlyList<string> arguments) =>
        Read(arguments, new EnvironmentVariablesConfigurationSource { Prefix = Option.VariablePrefix });

    /// <summary>Reads the command line, and the environment as a source of names without the prefix.</summary>
    internal static StartRequest Read(IReadOnlyList<string> arguments, IConfigurationSource environment)
    {
        ArgumentList list = ArgumentList.Parse(arguments);
        if (list.Given.Contains(ArgumentList.Help))
        {
            return new StartRequest.Print(HelpText.Help());
        }

        if (list.Given.Contains(ArgumentList.Version))
        {
            return new StartRequest.Print(HelpText.Version());
        }

        return new ChatConfiguration(list).Read(environment);
    }

    private StartRequest Read(IConfigurationSource environmentSource)
    {
        // Later sources win. The builder is only asked to build: which layer a value came from matters too.
        ConfigurationBuilder builder = new();
        IConfigurationProvider environment = environmentSource.Build(builder);
        IConfigurationProvider flags = new MemoryConfigurationSource { InitialData = _arguments.Settings }.Build(builder);
        environment.Load();
        if (!flags.TryGet(ArgumentList.Config, out string? path))
        {
            environment.TryGet(ArgumentList.Config, out path);
        }

        if (path is not null && OpenFile(path) is { } file)
        {
            Apply(file, option => option.Name, key => $"{SafeText.Of(path)}: {SafeText.Of(key)}", isFile: true);
        }

        Apply(environment, option => option.VariableKey, key => Option.VariablePrefix + SafeText.Of(key), isFile: false);
        Apply(flags, option => option.Name, key => "--" + key, isFile: false);
        if (_problems.Count == 0)
        {
            CheckTogether();
        }

        if (_problems.Count > 0)
        {
            return new StartRequest.Refuse(_problems);
        }

        return _arguments.Given.Contains(ArgumentList.Check)
            ? new StartRequest.Print(HelpText.Check(_options, _sources))
            : new StartRequest.Serve(_options);
    }

    private IniStreamConfigurationProvider? OpenFile(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            IniStreamConfigurationProvider file = new(new IniStreamConfigurationSource { Stream = stream });
            file.Load();
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _problems.Add($"the configuration file cannot be read: {SafeText.Of(exception.Message)}");
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            _problems.Add($"{SafeText.Of(path)}: {SafeText.Of(exception.Message)}");
        }

        return null;
    }

    private void Apply(IConfigurationProvider layer, Func<Option, string> keyOf, Func<string, string> label, bool isFile)
    {
        foreach (string key in layer.GetChildKeys([], null).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            Option? option = OptionCatalog.All.FirstOrDefault(known => keyOf(known).Equals(key, StringComparison.OrdinalIgnoreCase));
            if (!layer.TryGet(key, out string? value))
            {
                _problems.Add($"{label(key)}: sections are not supported; write NAME = VALUE");
            }
            else if (option is null)
            {
                CheckUnknown(key, keyOf, label, isFile);
            }
            else if (option.TrySet(_options, value ?? ""))
            {
                _sources[option] = label(key);
            }
            else
            {
                _problems.Add($"{label(key)}: '{SafeText.Of(value ?? "")}' is not allowed; use {option.Allowed}");
            }
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
                _problems.Add($"motd: {SafeText.Of(problem)}");
            }
        }

        if (_options.ProxyProtocol && _options.Trusted.IsEmpty)
        {
            _problems.Add("proxy-protocol needs trusted, the addresses of the proxies, such as 127.0.0.1 or 10.0.0.0/8");
        }
    }

    private void CheckUnknown(string key, Func<Option, string> keyOf, Func<string, string> label, bool isFile)
    {
        if (key.Equals(ArgumentList.Config, StringComparison.OrdinalIgnoreCase))
        {
            if (isFile)
            {
                _problems.Add($"{label(key)}: a configuration file cannot name another one");
            }

            return;
        }

        string? near = Spelling.Nearest(key.ToUpperInvariant(), OptionCatalog.All.Select(option => keyOf(option).ToUpperInvariant()));
        Option? meant = near is null ? null : OptionCatalog.All.First(option => keyOf(option).Equals(near, StringComparison.OrdinalIgnoreCase));
        _problems.Add(
            $"{label(key)}: there is no such option"
            + (meant is null ? "; --help lists all" : $". Did you mean {(isFile ? meant.Name : meant.Variable)}?"));
    }
}
