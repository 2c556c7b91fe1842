using System.Text;

namespace AotChat.EndToEnd.Tests;

/// <summary>What a user sent before the connection ended, or before the process was stopped, is read by the published server.</summary>
public sealed class HangUpSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aotchat-").FullName;

    private string SocketPath => Path.Combine(_folder, "chat.sock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false, "--flood-rate", "100")]
    [InlineData(true, "--flood-rate", "100")]
    [InlineData(false, "--flood-rate", "0")]
    [InlineData(true, "--flood-rate", "0")]
    public async Task All_lines_before_a_close_are_run(bool isUnix, params string[] arguments)
    {
        int lines = arguments[1] == "0" ? 1_000 : 80;
        await using Server server = await Server.StartAsync(
            ["--workers", "1", .. isUnix ? ["--host", $"unix:{SocketPath}"] : Array.Empty<string>(), .. arguments]);
        using Client witness = await server.ConnectAsync();
        using (Client sender = await server.ConnectAsync())
        {
            // Its answers stay unread, so that the close is a reset.
            await sender.SendAsync(Encoding.ASCII.GetBytes("w\n" + string.Concat(Enumerable.Range(0, lines).Select(i => $"broadcast b{i}\n"))));
        }

        for (int i = 0; i < lines; i++)
        {
            Assert.Equal($"u1001 b{i}", await witness.ReadAsync());
        }
    }

    [Fact]
    public async Task A_user_whose_line_arrived_while_the_process_was_stopped_is_not_idle()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--idle-timeout", "2");
        Client[] clients = [.. await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.ConnectAsync()))];
        await Processes.SignalAsync(server.ProcessId, "STOP");
        foreach (Client client in clients)
        {
            await client.TypeAsync("bar");
        }

        // Longer than the time limit: only a clock that has run on shows the fault.
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        await Processes.SignalAsync(server.ProcessId, "CONT");
        foreach (Client client in clients)
        {
            Assert.Equal("Unknown command: bar", await client.ReadAsync());
            client.Dispose();
        }
    }

    [Fact]
    public async Task A_user_who_has_ended_the_input_gets_the_result_of_a_job()
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        await alice.TypeAsync($"fib {alice.Name} 50");
        alice.EndInput();

        Assert.Equal("fib(50) = 12586269025", await alice.ReadAsync());
        Assert.Equal($"Fib result is delivered to {alice.Name}", await alice.ReadAsync());
        Assert.Null(await alice.ReadAsync());
    }

    [Fact]
    public async Task Waiting_input_takes_no_more_memory_than_the_limit()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--flood-rate", "0", "--inbox-total", "4194304");
        using Client observer = await server.ConnectAsync();
        long before = server.ResidentKilobytes;
        Client[] clients = [.. await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => server.ConnectAsync()))];
        byte[] lineEnds = [.. Enumerable.Repeat((byte)'\n', 65_536)];
        foreach (Client client in clients)
        {
            client.SendUnread(lineEnds);
        }

        Assert.StartsWith("Connections: 401 now", await observer.AskAsync("stats"), StringComparison.Ordinal);
        Assert.InRange(server.ResidentKilobytes - before, 0, 16 * 1024);
        foreach (Client client in clients)
        {
            client.Dispose();
        }
    }
}
