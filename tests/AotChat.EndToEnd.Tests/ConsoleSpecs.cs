using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using CliWrap;
using CliWrap.Buffered;

namespace AotChat.EndToEnd.Tests;

/// <summary>Who has the console, over a real socket, and what an operator does there and undoes.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ConsoleSpecs : IDisposable
{
    private const int Nobody = 65_534;

    private readonly string _folder = Directory.CreateTempSubdirectory("aotchat-").FullName;

    private string SocketPath => Path.Combine(_folder, "chat.sock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_act_that_can_be_undone_is_undone_on_the_console()
    {
        await using Server server = await StartAsync();
        using Client console = await ConsoleAsync();
        using Client mallory = await server.ConnectAsync();
        Assert.Equal("You are now known as mallory", await mallory.AskAsync("nick mallory"));

        Assert.Equal("User mallory is now known as milly", await console.AskAsync("rename mallory milly"));
        Assert.Equal("User milly is now known as mallory", await console.AskAsync("undo 1"));
        Assert.Equal("Undone: entry 1 (rename mallory)", await console.ReadAsync());
        Assert.StartsWith("Mute 1: mallory until ", await console.AskAsync("mute mallory 1h shouting"), StringComparison.Ordinal);
        Assert.Equal("No longer muted on this server: mallory", await console.AskAsync("undo 3"));
        Assert.Equal("Undone: entry 3 (mute mallory)", await console.ReadAsync());
        Assert.StartsWith("Ban 2: 127.0.0.0/8 until ", await console.AskAsync("ban 127.0.0.0/8 1h spam"), StringComparison.Ordinal);
        using (Client banned = await Client.ConnectAsync(server.EndPoint))
        {
            Assert.StartsWith("You are banned from this server until ", await banned.ReadAsync(), StringComparison.Ordinal);
            Assert.Null(await banned.ReadAsync());
        }

        Assert.Equal("No longer banned on this server: 127.0.0.0/8", await console.AskAsync("undo 5"));
        Assert.Equal("Undone: entry 5 (ban 127.0.0.0/8)", await console.ReadAsync());
        Assert.Equal("The server is locked. To let people in again: unlock", await console.AskAsync("lock maintenance"));
        using (Client locked = await Client.ConnectAsync(server.EndPoint))
        {
            Assert.Equal("Server is locked; try again later. Reason: maintenance", await locked.ReadAsync());
        }

        using (Client second = await ConsoleAsync())
        {
            Assert.Equal("The server is open again.", await second.AskAsync("undo 7"));
        }

        using Client alice = await server.ConnectAsync();
        Assert.Equal($"User {alice.Name} was kicked from this server.", await console.AskAsync($"kick {alice.Name}"));
        Assert.Equal("Not undone: nothing can undo entry 9 (kick).", await console.AskAsync("undo 9"));
        Assert.Equal("Not undone: entry 7 was undone before, by " + await NameOfSecondAsync(console), await console.AskAsync("undo 7"));
        await server.WaitForLogAsync(": " + console.Name + " did lock (audit 7)");
    }

    [RootFact]
    public async Task Another_user_of_the_machine_is_a_guest_and_the_user_that_the_server_became_is_not()
    {
        File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute | UnixFileMode.OtherWrite);
        await using Server server = await StartAsync("--user", "1");
        File.SetUnixFileMode(SocketPath, File.GetUnixFileMode(SocketPath) | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);

        Assert.Contains("Server notice: hello", await TalkAsAsync(1), StringComparison.Ordinal);
        Assert.Contains("Server notice: hello", await TalkAsAsync(0), StringComparison.Ordinal);
        Assert.Contains("Only operators can do that.", await TalkAsAsync(Nobody), StringComparison.Ordinal);
    }

    private static async Task<string> NameOfSecondAsync(Client console)
    {
        await console.TypeAsync("audit 2");
        await console.ReadAsync();
        string second = (await console.ReadAsync())!;
        return second.Split(' ')[4] + ".";
    }

    private async Task<string> TalkAsAsync(int user)
    {
        BufferedCommandResult result = await Cli.Wrap("setpriv")
            .WithArguments([$"--reuid={user}", $"--regid={user}", "--clear-groups", "nc", "-NU", SocketPath])
            .WithStandardInputPipe(PipeSource.FromString("notice hello\n"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
        return result.StandardOutput + result.StandardError;
    }

    private async Task<Client> ConsoleAsync()
    {
        Client client = await Client.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
        await client.ReadWelcomeAsync();
        return client;
    }

    private Task<Server> StartAsync(params string[] arguments) =>
        Server.StartAsync(["--workers", "1", "--host", $"{IPAddress.Loopback},unix:{SocketPath}", .. arguments]);
}
