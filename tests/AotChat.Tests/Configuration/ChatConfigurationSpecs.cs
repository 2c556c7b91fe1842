using AotChat.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging;

namespace AotChat.Tests.Configuration;

/// <summary>Where settings come from, and what is said of wrong ones.</summary>
public sealed class ChatConfigurationSpecs : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly Dictionary<string, string?> _environment = [];

    public static TheoryData<string> OptionNames => [.. OptionCatalog.All.Select(option => option.Name)];

    public static TheoryData<string> NumberNames =>
        [.. OptionCatalog.All.Where(option => option.Allowed.StartsWith("a whole number from ", StringComparison.Ordinal)).Select(option => option.Name)];

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Without_anything_the_defaults_hold()
    {
        ChatOptions options = Serve();

        Assert.Equal(("localhost", 1235, 4, 10_000, 4_096), (string.Join(',', options.Hosts), options.Port, options.Workers, options.MaxConnections, options.MaxLineBytes));
        Assert.Equal((LogLevel.Information, LogFormat.Text), (options.LogLevel, options.LogFormat));
    }

    [Fact]
    public void Flags_win_over_the_environment_and_it_over_the_file()
    {
        File.WriteAllText(_file, "port = 1\nworkers = 1\nmax-connections = 1\n# a comment\n");
        _environment["CONFIG"] = _file;
        _environment["PORT"] = "2";
        _environment["WORKERS"] = "2";

        ChatOptions options = Serve("--port", "3");

        Assert.Equal((3, 2, 1, 4_096), (options.Port, options.Workers, options.MaxConnections, options.MaxLineBytes));
    }

    [Fact]
    public void A_flag_takes_its_value_behind_an_equals_sign_too()
    {
        ChatOptions options = Serve("--port=7", "--host", "::1", "--log-format=JSON", "--log-level", "debug");

        Assert.Equal((7, "::1", LogFormat.Json, LogLevel.Debug), (options.Port, string.Join(',', options.Hosts), options.LogFormat, options.LogLevel));
    }

    [Theory]
    [InlineData("none", "none")]
    [InlineData("boss", "boss")]
    [InlineData("boss, Acme.inc", "boss,Acme.inc")]
    public void Reserved_names_are_a_list_or_none(string text, string shown)
    {
        ChatOptions options = Serve("--reserved-names", text);

        Assert.Equal(shown, OptionCatalog.All.Single(option => option.Name == "reserved-names").Show(options));
    }

    [Theory]
    [InlineData("--prot 1", "--prot: there is no such option. Did you mean --port?")]
    [InlineData("--wrokers=2", "--wrokers: there is no such option. Did you mean --workers?")]
    [InlineData("--nonsense", "--nonsense: there is no such option; --help lists all")]
    [InlineData("--port", "--port needs a value")]
    [InlineData("--port --workers 2", "--port needs a value")]
    [InlineData("--port 1 --port 2", "--port is given twice")]
    [InlineData("1235", "unexpected argument '1235'; write --NAME VALUE")]
    [InlineData("-p 1", "unexpected argument '-p'; write --NAME VALUE|unexpected argument '1'; write --NAME VALUE")]
    [InlineData("--check=yes", "--check takes no value")]
    [InlineData("--port x", "--port: 'x' is not allowed; use a whole number from 0 to 65535")]
    [InlineData("--port -1", "--port: '-1' is not allowed; use a whole number from 0 to 65535")]
    [InlineData("--port=", "--port: '' is not allowed; use a whole number from 0 to 65535")]
    [InlineData("--port 99999999999", "--port: '99999999999' is not allowed; use a whole number from 0 to 65535")]
    [InlineData("--host example.com", "--host: 'example.com' is not allowed; use IP addresses, localhost or unix:PATH, separated by commas")]
    [InlineData("--host 127.1", "--host: '127.1' is not allowed; use IP addresses, localhost or unix:PATH, separated by commas")]
    [InlineData("--host 010.0.0.1", "--host: '010.0.0.1' is not allowed; use IP addresses, localhost or unix:PATH, separated by commas")]
    [InlineData("--host [::1]:99", "--host: '[::1]:99' is not allowed; use IP addresses, localhost or unix:PATH, separated by commas")]
    [InlineData("--reserved-names boss,2nd", "--reserved-names: 'boss,2nd' is not allowed; use names (letters, digits, _ - ., a letter first), separated by commas, or none")]
    [InlineData("--reserved-names boss,", "--reserved-names: 'boss,' is not allowed; use names (letters, digits, _ - ., a letter first), separated by commas, or none")]
    [InlineData("--reserved-names=", "--reserved-names: '' is not allowed; use names (letters, digits, _ - ., a letter first), separated by commas, or none")]
    [InlineData("--log-format xml", "--log-format: 'xml' is not allowed; use one of text, json")]
    [InlineData("--worker --port 1", "--worker is for the server only, which starts its own workers with it")]
    [InlineData("--port x --workers y", "--port: 'x' is not allowed; use a whole number from 0 to 65535|--workers: 'y' is not allowed; use a whole number from 1 to 256")]
    [InlineData("--config /no/such/file", "the configuration file cannot be read: Could not find a part of the path '/no/such/file'.")]
    public void A_wrong_flag_is_named_with_what_is_allowed(string arguments, string problems) =>
        Assert.Equal(problems.Split('|'), Refused(arguments.Split(' ')));

    [Theory]
    [InlineData("PROT", "1", "CHAT_PROT: there is no such option. Did you mean CHAT_PORT?")]
    [InlineData("MAX_CONECTIONS", "1", "CHAT_MAX_CONECTIONS: there is no such option. Did you mean CHAT_MAX_CONNECTIONS?")]
    [InlineData("COLOUR", "1", "CHAT_COLOUR: there is no such option; --help lists all")]
    [InlineData("PORT", "\u001b[31m", "CHAT_PORT: '?[31m' is not allowed; use a whole number from 0 to 65535")]
    [InlineData("PORT", "", "CHAT_PORT: '' is not allowed; use a whole number from 0 to 65535")]
    public void A_wrong_variable_is_named_with_what_is_allowed(string key, string value, string problem)
    {
        _environment[key] = value;

        Assert.Equal([problem], Refused());
    }

    [Theory]
    [InlineData("prot = 1", "FILE: prot: there is no such option. Did you mean port?")]
    [InlineData("port = x", "FILE: port: 'x' is not allowed; use a whole number from 0 to 65535")]
    [InlineData("[server]\nport = 1", "FILE: server: sections are not supported; write NAME = VALUE")]
    [InlineData("config = other.ini", "FILE: config: a configuration file cannot name another one")]
    [InlineData("port 1", "FILE: Unrecognized line format: 'port 1'.")]
    public void A_wrong_line_of_the_file_is_named_with_what_is_allowed(string text, string problem)
    {
        File.WriteAllText(_file, text);

        Assert.Equal([problem.Replace("FILE", _file, StringComparison.Ordinal)], Refused("--config", _file));
    }

    [Fact]
    public void A_wrong_value_is_reported_although_a_flag_hides_it()
    {
        _environment["PORT"] = "x";

        Assert.Single(Refused("--port", "1"));
    }

    [Fact]
    public void Check_prints_every_setting_with_where_it_came_from()
    {
        File.WriteAllText(_file, "workers = 2\n");
        _environment["MAX_CONNECTIONS"] = "50";

        string text = Printed("--check", "--port", "7", "--config", _file);

        Assert.Equal(OptionCatalog.All.Count, text.Split('\n').Length - 1);
        Assert.Contains($"{"port",-27} {"7",-16} --port\n", text, StringComparison.Ordinal);
        Assert.Contains($"{"workers",-27} {"2",-16} {_file}: workers\n", text, StringComparison.Ordinal);
        Assert.Contains($"{"max-connections",-27} {"50",-16} CHAT_MAX_CONNECTIONS\n", text, StringComparison.Ordinal);
        Assert.Contains($"{"host",-27} {"localhost",-16} default\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_refuses_what_a_start_would_refuse() => Assert.Single(Refused("--check", "--port", "x"));

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_names_every_option_with_its_default_in_100_columns(string flag)
    {
        string text = Printed(flag);

        Assert.All(OptionCatalog.All, option =>
        {
            Assert.Contains($"  --{option.Name}\n", text, StringComparison.Ordinal);
            Assert.Contains(option.Allowed, text, StringComparison.Ordinal);
            Assert.Contains($"default: {option.Show(new ChatOptions())}\n", text, StringComparison.Ordinal);
        });
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public void The_version_is_one_line() => Assert.Matches(@"^aotchat \d+\.\d+\.\d+\n$", Printed("--version"));

    [Theory]
    [MemberData(nameof(OptionNames))]
    public void Every_default_is_allowed_and_comes_back_as_it_is_shown(string name)
    {
        Option option = OptionCatalog.All.Single(option => option.Name == name);
        ChatOptions options = new();
        string shown = option.Show(options);

        Assert.True(option.TrySet(options, shown));
        Assert.Equal(shown, option.Show(options));
    }

    [Theory]
    [MemberData(nameof(NumberNames))]
    public void The_ends_of_every_range_are_allowed_and_what_is_beyond_them_is_not(string name)
    {
        Option option = OptionCatalog.All.Single(option => option.Name == name);
        string[] words = option.Allowed.Split(' ');
        (long min, long max) = (long.Parse(words[4], null), long.Parse(words[6], null));
        Assert.True(option.TrySet(new ChatOptions(), $"{min}"));
        Assert.True(option.TrySet(new ChatOptions(), $"{max}"));
        Assert.False(option.TrySet(new ChatOptions(), $"{min - 1}"));
        Assert.False(option.TrySet(new ChatOptions(), $"{max + 1}"));
    }

    [Theory]
    [InlineData("port", "port", 0)]
    [InlineData("prot", "port", 1)]
    [InlineData("por", "port", 1)]
    [InlineData("workers", "wrkrs", 2)]
    [InlineData("", "abc", 3)]
    public void Distance_counts_edits(string a, string b, int distance) => Assert.Equal(distance, Spelling.Distance(a, b));

    private StartRequest Read(string[] arguments) =>
        ChatConfiguration.Read(arguments, new MemoryConfigurationSource { InitialData = _environment });

    private ChatOptions Serve(params string[] arguments) => Assert.IsType<StartRequest.Serve>(Read(arguments)).Options;

    private IReadOnlyList<string> Refused(params string[] arguments) => Assert.IsType<StartRequest.Refuse>(Read(arguments)).Problems;

    private string Printed(params string[] arguments) => Assert.IsType<StartRequest.Print>(Read(arguments)).Text;
}
