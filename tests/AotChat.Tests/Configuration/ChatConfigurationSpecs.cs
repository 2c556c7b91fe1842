using AotChat.Configuration;
using AotChat.Text;
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
        _environment["CHAT_CONFIG"] = _file;
        _environment["CHAT_PORT"] = "2";
        _environment["CHAT_WORKERS"] = "2";

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
    [InlineData("--trusted 010.0.0.0/8", "--trusted: '010.0.0.0/8' is not allowed; use IP addresses or ranges (10.0.0.0/8), separated by commas, or none")]
    [InlineData("--trusted fe80::1%1", "--trusted: 'fe80::1%1' is not allowed; use IP addresses or ranges (10.0.0.0/8), separated by commas, or none")]
    [InlineData("--host [::1]:99", "--host: '[::1]:99' is not allowed; use IP addresses, localhost or unix:PATH, separated by commas")]
    [InlineData("--reserved-names boss,2nd", "--reserved-names: 'boss,2nd' is not allowed; use names (letters, digits, _ - ., a letter first), separated by commas, or none")]
    [InlineData("--reserved-names boss,", "--reserved-names: 'boss,' is not allowed; use names (letters, digits, _ - ., a letter first), separated by commas, or none")]
    [InlineData("--reserved-names=", "--reserved-names: '' is not allowed; use names (letters, digits, _ - ., a letter first), separated by commas, or none")]
    [InlineData("--log-format xml", "--log-format: 'xml' is not allowed; use one of text, json")]
    [InlineData("--worker --port 1", "--worker is for the server only, which starts its own workers with it")]
    [InlineData("--port x --workers y", "--port: 'x' is not allowed; use a whole number from 0 to 65535|--workers: 'y' is not allowed; use a whole number from 1 to 256")]
    [InlineData("--config /no/such/file", "--config: /no/such/file cannot be read: No such file or directory")]
    [InlineData("--config /", "--config: / cannot be read: Is a directory")]
    [InlineData("--config /dev/zero", "--config: /dev/zero is too long (limit 65536 bytes)")]
    [InlineData("--user nobody-of-that-name", "user: this machine has no user 'nobody-of-that-name'")]
    [InlineData("--user 4294967295", "user: this machine has no user '4294967295'")]
    public void A_wrong_flag_is_named_with_what_is_allowed(string arguments, string problems) =>
        Assert.Equal(problems.Split('|'), Refused(arguments.Split(' ')));

    [Theory]
    [InlineData("PROT", "1", "CHAT_PROT: there is no such option. Did you mean CHAT_PORT?")]
    [InlineData("MAX_CONECTIONS", "1", "CHAT_MAX_CONECTIONS: there is no such option. Did you mean CHAT_MAX_CONNECTIONS?")]
    [InlineData("CONFG", "/x", "CHAT_CONFG: there is no such option. Did you mean CHAT_CONFIG?")]
    [InlineData("CONFIG", "/no/such/file", "CHAT_CONFIG: /no/such/file cannot be read: No such file or directory")]
    [InlineData("PORT", "\u001b[31m", "CHAT_PORT: '?[31m' is not allowed; use a whole number from 0 to 65535")]
    [InlineData("PORT", "tpc://10.0.0.1:80", "CHAT_PORT: 'tpc://10.0.0.1:80' is not allowed; use a whole number from 0 to 65535")]
    public void A_wrong_variable_is_named_with_what_is_allowed(string key, string value, string problem)
    {
        _environment["CHAT_" + key] = value;

        Assert.Equal([problem], Refused());
    }

    [Theory]
    [InlineData("prot = 1", "FILE:1: prot: there is no such option. Did you mean port?")]
    [InlineData("\n# main\nport = x", "FILE:3: port: 'x' is not allowed; use a whole number from 0 to 65535")]
    [InlineData("port =", "FILE:1: port: '' is not allowed; use a whole number from 0 to 65535")]
    [InlineData("config = other.ini", "FILE:1: config: a configuration file cannot name another one")]
    [InlineData("host = ::1, ::1", "FILE:1: host: '::1' is in the list twice")]
    [InlineData("port 1\nport = x\nworkers = 0", "FILE:1: 'port 1' is not a setting; write NAME = VALUE|FILE:2: port: 'x' is not allowed; use a whole number from 0 to 65535|FILE:3: workers: '0' is not allowed; use a whole number from 1 to 256")]
    public void Every_wrong_line_of_the_file_is_named_with_its_number(string text, string problems)
    {
        File.WriteAllText(_file, text);

        Assert.Equal(problems.Replace("FILE", _file, StringComparison.Ordinal).Split('|'), Refused("--config", _file));
    }

    [Fact]
    public void A_file_full_of_problems_has_its_first_ones_named()
    {
        File.WriteAllText(_file, string.Concat(Enumerable.Range(1, ChatOptions.ProblemsShown + 5).Select(number => $"nonsense-{number} = 1\n")));

        IReadOnlyList<string> problems = Refused("--config", _file);

        Assert.Equal(ChatOptions.ProblemsShown + 1, problems.Count);
        Assert.Equal("there are 5 more problems", problems[^1]);
    }

    [Theory]
    [InlineData("CHAT_PORT", "tcp://10.0.0.1:1235")]
    [InlineData("CHAT_SERVICE_HOST", "10.0.0.1")]
    [InlineData("CHAT_PORT", "")]
    [InlineData("CHAT_PROT", "")]
    [InlineData("CHAT_CONFIG", "")]
    [InlineData("CHAT_", "1")]
    [InlineData("PORT", "1")]
    public void A_variable_that_sets_nothing_is_ignored(string name, string value)
    {
        _environment[name] = value;

        StartRequest.Serve serve = Assert.IsType<StartRequest.Serve>(Read([]));

        Assert.Equal(1235, serve.Options.Port);
        Assert.Empty(serve.Warnings);
    }

    [Theory]
    [InlineData("CHAT_API_KEY")]
    [InlineData("CHAT_COLOUR")]
    [InlineData("CHAT_MODE")]
    [InlineData("CHAT_NAME")]
    [InlineData("CHAT_LOG")]
    public void A_variable_of_another_program_is_a_warning_without_its_value(string name)
    {
        _environment[name] = "secret";

        string warning = Assert.Single(Assert.IsType<StartRequest.Serve>(Read([])).Warnings);

        Assert.Equal($"{name} is ignored, since there is no such option; --help lists all", warning);
        Assert.Equal([warning], Assert.IsType<StartRequest.Check>(Read(["--check"])).Warnings);
    }

    [Theory]
    [InlineData("--host localhost,localhost", "--host: 'localhost' is in the list twice")]
    [InlineData("--host 127.0.0.1,127.0.0.1", "--host: '127.0.0.1' is in the list twice")]
    [InlineData("--host localhost,127.0.0.1", "--host: 'localhost' and '127.0.0.1' overlap; leave one of them out")]
    [InlineData("--host ::1,localhost", "--host: '::1' and 'localhost' overlap; leave one of them out")]
    [InlineData("--host ::1,0:0:0:0:0:0:0:1", "--host: '::1' and '0:0:0:0:0:0:0:1' overlap; leave one of them out")]
    [InlineData("--host 127.0.0.1,0.0.0.0", "--host: '127.0.0.1' and '0.0.0.0' overlap; leave one of them out")]
    [InlineData("--host unix:/a,unix:/a", "--host: 'unix:/a' is in the list twice")]
    [InlineData("--host unix:/a,unix:/b/../a", "--host: 'unix:/a' and 'unix:/b/../a' overlap; leave one of them out")]
    [InlineData("--trusted 10.0.0.1,10.0.0.1/32", "--trusted: '10.0.0.1' and '10.0.0.1/32' overlap; leave one of them out")]
    [InlineData("--url-allow ::/0,::/0", "--url-allow: '::/0' is in the list twice")]
    [InlineData("--url-ports 80,443,80", "--url-ports: '80' is in the list twice")]
    [InlineData("--reserved-names boss,Boss", "--reserved-names: 'boss' and 'Boss' overlap; leave one of them out")]
    public void An_entry_that_is_twice_in_a_list_is_refused(string arguments, string problem) =>
        Assert.Equal([problem], Refused(arguments.Split(' ')));

    [Theory]
    [InlineData("--host", "0.0.0.0,::")]
    [InlineData("--host", "localhost,unix:/a,10.0.0.1")]
    [InlineData("--trusted", "10.0.0.0/8,10.0.0.1")]
    public void Entries_that_overlap_without_being_equal_are_allowed(string name, string list) => Serve(name, list);

    [Fact]
    public void A_wrong_value_is_reported_although_a_flag_hides_it()
    {
        _environment["CHAT_PORT"] = "x";

        Assert.Single(Refused("--port", "1"));
    }

    [Fact]
    public void Check_prints_every_setting_with_where_it_came_from()
    {
        File.WriteAllText(_file, "workers = 2\n");
        _environment["CHAT_MAX_CONNECTIONS"] = "50";

        string text = Printed("--check", "--port", "7", "--config", _file);

        Assert.Equal(OptionCatalog.All.Count, text.Split('\n').Length - 1);
        Assert.Contains($"{"port",-27} {"7",-16} --port\n", text, StringComparison.Ordinal);
        Assert.Contains($"{"workers",-27} {"2",-16} {_file}:1\n", text, StringComparison.Ordinal);
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
    public void The_ends_of_every_range_are_allowed_and_values_beyond_are_refused(string name)
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

    private StartRequest Read(string[] arguments) => ChatConfiguration.Read(arguments, _environment);

    private ChatOptions Serve(params string[] arguments) => Assert.IsType<StartRequest.Serve>(Read(arguments)).Options;

    private IReadOnlyList<string> Refused(params string[] arguments) => Assert.IsType<StartRequest.Refuse>(Read(arguments)).Problems;

    private string Printed(params string[] arguments) => Read(arguments) switch
    {
        StartRequest.Print print => print.Text,
        StartRequest.Check check => check.Text,
        StartRequest other => throw new InvalidOperationException($"Nothing is printed: {other}"),
    };
}
