using System.Text;

namespace AotChat.EndToEnd.Tests;

/// <summary>Passwords that somebody tries one after another, from one address over many connections, or from many addresses.</summary>
public sealed class LoginAttackSpecs : IDisposable
{
    private const int Allowed = 5;

    private readonly DataFolder _kept = new();

    public void Dispose() => _kept.Dispose();

    [Fact]
    public async Task From_one_address_five_wrong_passwords_are_heard_over_all_its_connections_together()
    {
        await using Server server = await StartAsync();
        using Client alice = await ConnectAsync(server, "198.51.100.1");
        await DataFolder.RegisterAsync(alice, "alice");

        string[] existing = await AttackAsync(server, "203.0.113.7", "alice");
        string[] madeUp = await AttackAsync(server, "203.0.113.8", "nobody-here");

        Assert.Equal(Enumerable.Repeat("Wrong name or password.", Allowed), existing.Take(Allowed));
        Assert.All(existing.Skip(Allowed), answer => Assert.Equal("Too many failed logins. Try again in N seconds.", answer));
        Assert.Equal(existing, madeUp);

        // The address may not try other names either; another address may.
        Assert.StartsWith("Too many failed logins.", await TryAsync(server, "203.0.113.7", "bob"), StringComparison.Ordinal);
        Assert.Equal("Wrong name or password.", await TryAsync(server, "203.0.113.9", "bob"));
    }

    [Fact]
    public async Task Many_addresses_share_the_five_tries_at_one_name_and_its_owner_who_is_here_goes_on()
    {
        await using Server server = await StartAsync();
        using Client alice = await ConnectAsync(server, "198.51.100.1");
        await DataFolder.RegisterAsync(alice, "alice");
        for (int i = 0; i < Allowed; i++)
        {
            Assert.Equal("Wrong name or password.", await TryAsync(server, $"203.0.113.{i}", "alice"));
        }

        // However it is written.
        Assert.StartsWith("Too many failed logins.", await TryAsync(server, "203.0.113.99", "Al1ce"), StringComparison.Ordinal);
        Assert.StartsWith("You are in #lobby", await alice.AskAsync("join lobby"), StringComparison.Ordinal);
        Assert.StartsWith("Too many failed logins.", await alice.AskAsync($"/unregister {DataFolder.Password}"), StringComparison.Ordinal);

        // Nor is the console locked, from which the thief can be stopped.
        using Client console = await _kept.ConsoleAsync();
        Assert.StartsWith("Ban 1: 203.0.113.0/24", await console.AskAsync("ban 203.0.113.0/24 1h thief"), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Log, line => line.Contains("guess", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_tries_at_once_are_no_way_around_the_limit_and_the_right_password_among_them_is_not_heard()
    {
        await using Server server = await StartAsync();
        using Client alice = await ConnectAsync(server, "198.51.100.1");
        await DataFolder.RegisterAsync(alice, "alice");
        using Client thief = await ConnectAsync(server, "203.0.113.7");
        await thief.TypeAsync(string.Join('\n', Enumerable.Range(0, 50).Select(i => $"login alice guess-{i}-or-so")) + $"\nlogin alice {DataFolder.Password}");

        List<string> answers = [];
        while (answers.Count < 51)
        {
            answers.Add((await thief.ReadAsync())!);
        }

        Assert.Equal(Allowed, answers.Count(answer => answer == "Wrong name or password."));
        Assert.Equal(51 - Allowed, answers.Count(answer => answer.StartsWith("Too many failed logins.", StringComparison.Ordinal)));
        Assert.DoesNotContain(server.Log, line => line.Contains("guess", StringComparison.Ordinal) || line.Contains(DataFolder.Password, StringComparison.Ordinal));
    }

    // Three connections of an address, in turn.
    private static async Task<string[]> AttackAsync(Server server, string address, string name)
    {
        Client[] thieves = [await ConnectAsync(server, address), await ConnectAsync(server, address), await ConnectAsync(server, address)];
        List<string> answers = [];
        for (int i = 0; i < 4 * Allowed; i++)
        {
            string answer = (await thieves[i % thieves.Length].AskAsync($"login {name} guess-{i}-or-so"))!;
            answers.Add(answer.StartsWith("Too many", StringComparison.Ordinal) ? "Too many failed logins. Try again in N seconds." : answer);
        }

        Array.ForEach(thieves, thief => thief.Dispose());
        return [.. answers];
    }

    private static async Task<string?> TryAsync(Server server, string address, string name)
    {
        using Client client = await ConnectAsync(server, address);
        return await client.AskAsync($"login {name} guess-or-so");
    }

    private static async Task<Client> ConnectAsync(Server server, string address)
    {
        Client client = await Client.ConnectAsync(server.EndPoint);
        await client.SendAsync(Encoding.ASCII.GetBytes($"PROXY TCP4 {address} 127.0.0.1 40000 1235\r\n"));
        await client.ReadWelcomeAsync();
        return client;
    }

    // As behind a proxy on this machine, which says where people come from.
    private Task<Server> StartAsync() =>
        _kept.StartAsync("--proxy-protocol", "true", "--trusted", "127.0.0.1", "--accept-rate-per-address", "0", "--plain-login", "allow");
}
