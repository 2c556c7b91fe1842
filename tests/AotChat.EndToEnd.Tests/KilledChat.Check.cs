using System.Globalization;
using System.Text.RegularExpressions;

namespace AotChat.EndToEnd.Tests;

/// <content>What must be there after a start.</content>
internal sealed partial class KilledChat
{
    /// <summary>Looks whether everything is there that somebody was promised.</summary>
    public async Task CheckAsync(Server server)
    {
        _clients.ForEach(client => client.Dispose());
        _clients.Clear();
        await CheckAccountsAsync(server);
        await CheckLinesAsync(server);
        await CheckBansAsync();
    }

    /// <summary>Looks whether everybody who was registered can log in.</summary>
    public async Task LogAllInAsync(Server server)
    {
        foreach (string name in _registered)
        {
            using Client client = await DataFolder.LogInAsync(server, name);
        }
    }

    private async Task CheckAccountsAsync(Server server)
    {
        using Client reader = await server.ConnectAsync();
        foreach (string name in _registered.Where(name => name.EndsWith($"x{_round}", StringComparison.Ordinal)))
        {
            Assert.Equal($"Name is registered: {name}. To use it: login {name} PASSWORD", await reader.AskAsync("nick " + name));
        }

        // A message that was read is forgotten a moment later: it may come twice, but never not at all. One may be kept though
        // nobody was told so any more.
        await reader.TypeAsync($"login {Owner} {DataFolder.Password}");
        HashSet<string> read = [];
        long left = _mailed.Count > 0 ? long.MaxValue : 0;
        for (; left > 0; left--)
        {
            string line = await reader.ReadAsync() ?? throw new EndOfStreamException();
            if (Header().Match(line) is { Success: true } header)
            {
                left = 1 + long.Parse(header.Groups[1].Value, CultureInfo.InvariantCulture);
            }

            read.Add(line[(line.LastIndexOf(' ') + 1)..]);
        }

        Assert.Subset(read, _mailed);
        _mailed.Clear();
        await DataFolder.QuitAsync(reader);
    }

    // The numbers have no gap and come once, and no line of somebody is there without the ones before it.
    private async Task CheckLinesAsync(Server server)
    {
        using Client reader = await server.ConnectAsync();
        Assert.StartsWith("You are in #den", await reader.AskAsync("join den"), StringComparison.Ordinal);
        List<string> found = [];
        while (true)
        {
            string header = (await reader.AskAsync($"/history {_lastLine + 1}-{_lastLine + 200}"))!;
            if (Page().Match(header) is not { Success: true } match)
            {
                Assert.True(header == $"History of #den has only lines 1-{_lastLine}." || (_lastLine == 0 && header == "History of #den is empty."), header);
                break;
            }

            long last = long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
            Assert.Equal(_lastLine + 1, long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
            while (_lastLine < last)
            {
                string line = (await reader.ReadAsync())!;
                Assert.StartsWith($"#den [{++_lastLine}] ", line, StringComparison.Ordinal);
                found.Add(line[(line.LastIndexOf(' ') + 1)..]);
            }
        }

        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.Subset(found.ToHashSet(), _promised);
        foreach (char name in "abc")
        {
            string[] said = [.. found.Where(text => text[0] == name)];
            Assert.Equal(_sent.Where(text => text[0] == name).Take(said.Length), said);
        }

        _promised.Clear();
        _sent.Clear();
        await DataFolder.QuitAsync(reader);
    }

    private async Task CheckBansAsync()
    {
        using Client console = await kept.ConsoleAsync();
        HashSet<string> bans = [.. (await DataFolder.AskAllAsync(console, "bans *")).Select(ban => ban.Line).Where(line => line.StartsWith("Ban ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2])];
        HashSet<string> acts = [.. (await DataFolder.AskAllAsync(console, "audit 200")).Select(act => Act().Match(act.Line).Groups[1].Value)];
        foreach ((string address, bool? isBanned) in _banned)
        {
            Assert.True(isBanned is null || bans.Contains(address) == isBanned, $"{address} is banned: {isBanned}");
            await console.AskAsync($"unban {address} *");
        }

        Assert.Subset(acts, _acts.TakeLast(100).ToHashSet());
        _banned.Clear();
    }

    [GeneratedRegex("^Messages that were kept for you: ([0-9]+)$")]
    private static partial Regex Header();

    [GeneratedRegex("^History of #den, lines ([0-9]+)-([0-9]+) of 1-[0-9]+:$")]
    private static partial Regex Page();

    [GeneratedRegex("^Audit [0-9]+: .*: ((un)?ban [0-9.]+)")]
    private static partial Regex Act();
}
