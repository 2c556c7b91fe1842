using System.Net;
using System.Net.Sockets;
using CliWrap.Buffered;

namespace AotChat.EndToEnd.Tests;

/// <summary>A folder with what servers keep, and with the socket of their console; servers are started on it one after another.</summary>
internal sealed class DataFolder : IDisposable
{
    /// <summary>A password that nobody guesses.</summary>
    public const string Password = "correct-horse";

    private readonly string _folder = Directory.CreateTempSubdirectory("aotchat-").FullName;

    /// <summary>Where a test can put what else it needs.</summary>
    public string Folder => _folder;

    /// <summary>The directory of the data, which the first server makes.</summary>
    public string Data => Path.Combine(_folder, "data");

    /// <summary>The database in it.</summary>
    public string Database => Path.Combine(Data, "chat.db");

    /// <summary>Where the console is.</summary>
    public string SocketPath => Path.Combine(_folder, "chat.sock");

    /// <summary>What every server here is started with. A password costs little, so that many can be checked.</summary>
    public string[] Arguments =>
        ["--data", Data, "--host", $"{IPAddress.Loopback},unix:{SocketPath}", "--workers", "1", "--password-iterations", "4096"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Starts a server.</summary>
    public Task<Server> StartAsync(params string[] arguments) => Server.StartAsync([.. Arguments, .. arguments]);

    /// <summary>Somebody comes to the console.</summary>
    public async Task<Client> ConsoleAsync()
    {
        Client client = await Client.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
        await client.ReadWelcomeAsync();
        return client;
    }

    /// <summary>What <c>--check</c> says of a file that is sound.</summary>
    public async Task<string> CheckAsync(string? data = null)
    {
        BufferedCommandResult result = await Server.RunAsync(["--check", "--data", data ?? Data]);
        Assert.Equal(("", 0), (result.StandardError, result.ExitCode));
        return result.StandardOutput[result.StandardOutput.IndexOf("Kept on disk: ", StringComparison.Ordinal)..];
    }

    /// <summary>Somebody connects and takes a name.</summary>
    public static async Task<Client> ConnectAsync(Server server, string name)
    {
        Client client = await server.ConnectAsync();
        Assert.Equal($"You are now known as {name}", await client.AskAsync("nick " + name));
        return client;
    }

    /// <summary>Somebody connects and registers a name.</summary>
    public static async Task<Client> RegisterAsync(Server server, string name)
    {
        Client client = await server.ConnectAsync();
        await RegisterAsync(client, name);
        return client;
    }

    /// <summary>Somebody who is here registers a name.</summary>
    public static async Task RegisterAsync(Client client, string name)
    {
        Assert.Equal($"You are now known as {name}", await client.AskAsync("nick " + name));
        Assert.Equal($"You are registered and logged in as {name}. Next time: login {name} PASSWORD", await client.AskAsync("register " + Password));
    }

    /// <summary>Somebody connects and logs in; what is brought along is still to be read.</summary>
    public static async Task<Client> LogInAsync(Server server, string name)
    {
        Client client = await server.ConnectAsync();
        Assert.Equal($"You are logged in as {name}.", await client.AskAsync($"login {name} {Password}"));
        return client;
    }

    /// <summary>Asks for something, and reads all lines of the answer, each with its time.</summary>
    /// <remarks>They come at once, so that what is asked after the first one is answered after the last one.</remarks>
    public static async Task<List<(string Line, long Stamp)>> AskAllAsync(Client client, string question)
    {
        List<(string, long)> lines = [];
        string? line = await client.AskAsync(question);
        await client.TypeAsync("/history no-such-room");
        for (; line != "Room not found: no-such-room"; line = await client.ReadAsync())
        {
            lines.Add((line ?? throw new EndOfStreamException($"The server left at «{question}»."), client.LastStamp));
        }

        return lines;
    }

    /// <summary>Leaves, and waits until the server has noticed.</summary>
    public static async Task QuitAsync(Client client)
    {
        await client.TypeAsync("/quit");
        while (await client.ReadAsync() is not null)
        {
        }

        client.Dispose();
    }

    /// <summary>Ends the server from one moment to the next.</summary>
    public static async Task KillAsync(Server server)
    {
        await Processes.SignalAsync(server.ProcessId, "KILL");
        await server.WaitForExitAsync();
    }

    /// <summary>Ends the server as systemd does.</summary>
    public static async Task StopAsync(Server server)
    {
        await Processes.SignalAsync(server.ProcessId, "TERM");
        Assert.Equal(0, await server.WaitForExitAsync());
    }
}
