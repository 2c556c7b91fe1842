using System.Diagnostics;

namespace AotChat.EndToEnd.Tests;

/// <summary>Accounts of the published binary: real workers check the passwords, a real disk keeps what was promised.</summary>
public sealed class AccountSpecs : IDisposable
{
    private const string Password = "correct-horse";

    private readonly string _data = Path.Combine(Path.GetTempPath(), "aotchat-" + Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task What_was_promised_is_there_after_a_kill()
    {
        await using (Server server = await StartAsync())
        {
            using Client alice = await RegisterAsync(server, "alice");
            Assert.Equal("You are in #lobby (1 person). What you type is said there; commands begin with /.", await alice.AskAsync("join lobby"));
            Assert.Equal("Names are now shown in color.", await alice.AskAsync("/color on"));
            await alice.TypeAsync("/quit");
            Assert.Null(await alice.ReadAsync());
            using Client bob = await server.ConnectAsync();
            Assert.Equal("You are now known as bob", await bob.AskAsync("nick bob"));
            Assert.Equal("User alice is not here; kept until the next login", await bob.AskAsync("msg alice lunch?"));
            Process.GetProcessById(server.ProcessId).Kill();
            await server.WaitForExitAsync();
        }

        await using Server later = await StartAsync();
        using Client again = await later.ConnectAsync();
        Assert.Equal("Name is registered: alice. To use it: login alice PASSWORD", await again.AskAsync("nick al1ce"));
        Assert.Equal("Password:", await again.AskAsync("login alice"));
        Assert.Equal("You are logged in as alice.", await again.AskAsync(Password));
        Assert.StartsWith("You are in #lobby", await again.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal("Messages that were kept for you: 1", await again.ReadAsync());
        Assert.EndsWith(" lunch?", await again.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal("Names are shown in color.", await again.AskAsync("/color"));
    }

    [Fact]
    public async Task Brute_force_is_stopped_before_anything_is_hashed_and_the_log_has_no_password()
    {
        await using Server server = await StartAsync();
        using Client alice = await RegisterAsync(server, "alice");
        using Client thief = await server.ConnectAsync();
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal("Wrong name or password.", await thief.AskAsync($"login alice guess-number-{i}"));
        }

        for (int i = 0; i < 100; i++)
        {
            Assert.Matches("^Too many failed logins. Try again in [0-9]+ seconds.$", await thief.AskAsync($"login alice guess-number-{i}"));
        }

        await server.WaitForLogAsync("gave a wrong password for alice");
        Assert.DoesNotContain(server.Log, line => line.Contains("guess", StringComparison.Ordinal) || line.Contains(Password, StringComparison.Ordinal));
        Assert.Equal("Online users: alice", await thief.AskAsync("w"));
    }

    [Fact]
    public async Task Others_talk_while_passwords_are_checked()
    {
        await using Server server = await Server.StartAsync("--data", _data, "--workers", "2", "--password-iterations", "5000000");
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();
        Assert.Equal("You are now known as alice", await alice.AskAsync("nick alice"));
        await alice.TypeAsync("register " + Password);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal("Online users: alice", await bob.AskAsync("w"));
        }

        Assert.StartsWith("You are registered and logged in as alice.", await alice.ReadAsync(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (Directory.Exists(_data))
        {
            Directory.Delete(_data, recursive: true);
        }
    }

    private Task<Server> StartAsync() => Server.StartAsync("--data", _data, "--workers", "2", "--password-iterations", "100000");

    private static async Task<Client> RegisterAsync(Server server, string name)
    {
        Client client = await server.ConnectAsync();
        Assert.Equal($"You are now known as {name}", await client.AskAsync("nick " + name));
        Assert.Equal($"You are registered and logged in as {name}. Next time: login {name} PASSWORD", await client.AskAsync("register " + Password));
        return client;
    }
}
