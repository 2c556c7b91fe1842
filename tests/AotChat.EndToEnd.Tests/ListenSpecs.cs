using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using CliWrap.Buffered;

namespace AotChat.EndToEnd.Tests;

/// <summary>Where the server can be reached.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ListenSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aotchat-").FullName;

    private string SocketPath => Path.Combine(_folder, "chat.sock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Localhost_is_both_addresses_of_this_machine()
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        using Client four = await Client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port));
        await four.ReadWelcomeAsync();
        if (Socket.OSSupportsIPv6)
        {
            using Client six = await Client.ConnectAsync(new IPEndPoint(IPAddress.IPv6Loopback, server.Port));
            await six.ReadWelcomeAsync();
            Assert.Equal($"Online users: {four.Name}", await six.AskAsync("w"));
        }
    }

    [Fact]
    public async Task Several_places_are_one_chat()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--host", $"127.0.0.1,unix:{SocketPath}");
        using Client inside = await Client.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
        await inside.ReadWelcomeAsync();
        using Client outside = await server.ConnectAsync();

        Assert.Equal($"Online users: {inside.Name}", await outside.AskAsync("w"));
    }

    [Fact]
    public async Task A_unix_socket_is_open_to_owner_and_group_and_gone_afterwards()
    {
        Server server = await Server.StartAsync("--workers", "1", "--host", $"unix:{SocketPath}");
        await using (server)
        {
            UnixFileMode mode = File.GetUnixFileMode(SocketPath);
            await Processes.SignalAsync(server.ProcessId, "TERM");
            await server.WaitForExitAsync();

            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, mode);
            Assert.False(File.Exists(SocketPath));
        }
    }

    [Fact]
    public async Task The_socket_of_a_server_that_was_killed_is_taken_over()
    {
        await using (Server killed = await Server.StartAsync("--workers", "1", "--host", $"unix:{SocketPath}"))
        {
            await Processes.SignalAsync(killed.ProcessId, "KILL");
            await killed.WaitForExitAsync();
        }

        Assert.True(File.Exists(SocketPath));
        await using Server server = await Server.StartAsync("--workers", "1", "--host", $"unix:{SocketPath}");
        using Client client = await server.ConnectAsync();
    }

    [Fact]
    public async Task The_socket_of_a_server_that_runs_is_left_alone()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--host", $"unix:{SocketPath}");

        BufferedCommandResult second = await Server.RunAsync(["--host", $"unix:{SocketPath}"]);

        Assert.Equal((1, $"aotchat: cannot listen on {SocketPath}: another server is listening there\n"), (second.ExitCode, second.StandardError));
        using Client client = await server.ConnectAsync();
    }

    [Fact]
    public async Task A_file_that_is_no_socket_is_left_alone()
    {
        await File.WriteAllTextAsync(SocketPath, "precious");

        BufferedCommandResult result = await Server.RunAsync(["--host", $"unix:{SocketPath}"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("precious", await File.ReadAllTextAsync(SocketPath));
    }
}
