namespace AotChat.EndToEnd.Tests;

/// <summary>A server that is killed at any moment loses nothing that somebody was promised.</summary>
public sealed class KillSpecs : IDisposable
{
    private const int Kills = 100;
    private const int Seed = 15;
    private const int LongestLife = 60;

    private readonly DataFolder _kept = new();

    public void Dispose() => _kept.Dispose();

    [Fact]
    public async Task A_hundred_kills_under_load_lose_nothing_that_was_acknowledged()
    {
        Random moments = new(Seed);
        using KilledChat chat = new(_kept);
        Server server = await StartAsync();
        await KilledChat.PrepareAsync(server);
        for (int round = 0; round < Kills; round++)
        {
            Task load = await chat.BeginAsync(server, round);
            await Task.Delay(moments.Next(LongestLife));
            await DataFolder.KillAsync(server);
            await load;
            await server.DisposeAsync();
            await _kept.CheckAsync();
            server = await StartAsync();
            await chat.CheckAsync(server);
            Assert.Empty(server.Complaints);
        }

        await chat.LogAllInAsync(server);
        await server.DisposeAsync();

        // There was something to be lost.
        Assert.True(chat.Promises > 10 * Kills && chat.Lines > 10 * Kills, $"{chat.Promises} promises, {chat.Lines} lines");
    }

    private Task<Server> StartAsync() =>
        _kept.StartAsync("--replay-lines", "0", "--mailbox-messages", "10000", "--mailbox-per-sender", "10000", "--log-level", "warning");
}
