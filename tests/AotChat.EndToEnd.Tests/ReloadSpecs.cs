using System.Globalization;
using System.Runtime.Versioning;

namespace AotChat.EndToEnd.Tests;

/// <summary>What SIGHUP does to a server that runs.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReloadSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aotchat-").FullName;

    private string Settings => Path.Combine(_folder, "chat.ini");

    private string Motd => Path.Combine(_folder, "motd.txt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Newcomers_read_the_new_message_and_appear_in_the_log_after_a_reload()
    {
        await File.WriteAllTextAsync(Motd, "Be kind.\n");
        await File.WriteAllTextAsync(Settings, $"motd = {Motd}\nworkers = 1  # enough\nlog-level = warning\n");
        await using Server server = await Server.StartAsync("--config", Settings);
        using Client alice = await server.ConnectAsync();
        Assert.Equal("Be kind.", await alice.ReadAsync());

        await File.WriteAllTextAsync(Motd, "Maintenance tonight.\n");
        await File.WriteAllTextAsync(Settings, $"motd = {Motd}\nworkers = 1\nlog-level = info\nreserved-names = acme\nport = 7\n");
        await Processes.SignalAsync(server.ProcessId, "HUP");
        await server.WaitForLogAsync("log-level is now info; it was warning");
        using Client bob = await server.ConnectAsync();

        Assert.Equal("Maintenance tonight.", await bob.ReadAsync());
        Assert.Equal("Name is reserved: acme", await alice.AskAsync("nick acme"));
        Assert.Equal("Name is reserved: maintenance", await alice.AskAsync("nick maintenance"));
        await server.WaitForLogAsync($": {bob.Name} joined");
        Assert.DoesNotContain(server.Log, line => line.Contains($": {alice.Name} joined", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reload_with_wrong_lines_names_them_all_and_changes_nothing()
    {
        await File.WriteAllTextAsync(Settings, "workers = 1\n");
        await using Server server = await Server.StartAsync("--config", Settings);

        await File.WriteAllTextAsync(Settings, "workers = 2\nlog-level = loud\nidle 7\n");
        await Processes.SignalAsync(server.ProcessId, "HUP");

        await server.WaitForLogAsync($"The settings were not changed: {Settings}:2: log-level: 'loud' is not allowed");
        await server.WaitForLogAsync($"The settings were not changed: {Settings}:3: 'idle 7' is not a setting");
        await File.WriteAllTextAsync(Settings, "workers = 1\n");
        await Processes.SignalAsync(server.ProcessId, "HUP");
        await server.WaitForLogAsync("The settings were read again; nothing has changed");
        Assert.Single(server.Workers);
    }

    [Fact]
    public async Task Descriptors_of_workers_that_are_too_many_now_stay_set_aside()
    {
        const int Files = 64;
        await File.WriteAllTextAsync(Settings, "workers = 3\n");
        await using Server server = await Server.StartWithFilesAsync(Files, "--config", Settings);
        await server.WaitForLogAsync($"This process can open only {Files} files, enough for ");
        string warning = server.Log.First(line => line.Contains("enough for", StringComparison.Ordinal));
        int room = int.Parse(warning.Split("enough for ")[1].Split(' ')[0], CultureInfo.InvariantCulture);

        await File.WriteAllTextAsync(Settings, "workers = 1\n");
        await Processes.SignalAsync(server.ProcessId, "HUP");
        await server.WaitForLogAsync("workers is now 1; it was 3");

        // Those of the three may still have a job.
        List<Client> clients = [];
        for (int i = 0; i < room; i++)
        {
            clients.Add(await server.ConnectAsync());
        }

        using Client more = await Client.ConnectAsync(server.EndPoint);
        Assert.Equal("Server is full.", await more.ReadAsync());
        clients.ForEach(client => client.Dispose());
    }
}
