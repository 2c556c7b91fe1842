namespace AotChat.EndToEnd.Tests;

/// <summary>What commands can do besides answering, in commands that one more file adds to the server.</summary>
public sealed class ContextSpecs
{
    [Fact]
    public async Task Leaving_does_not_wait_for_a_command_that_only_lets_time_pass()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client client = await server.ConnectAsync();
        Assert.Equal("Lingering", await client.AskAsync("linger 3600"));

        await client.TypeAsync("quit");

        Assert.Equal("", await client.ReadToEndAsync());
        await server.WaitForLogAsync("u1000 left");
        Assert.Empty(server.Complaints);
    }

    [Fact]
    public async Task Leaving_waits_for_the_result_of_a_job()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client client = await server.ConnectAsync();
        Assert.Equal("Lingering", await client.AskAsync("linger 3600"));

        await client.TypeAsync("sleep 300\nquit");

        Assert.EndsWith("slept\n", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_fails_is_answered_with_its_reason_when_the_command_does_not_catch_it()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client client = await server.ConnectAsync();

        Assert.Equal("The job failed: there is no bread", await client.AskAsync("careless there is no bread"));

        // The worker's own words about it are all that the log has: nothing is wrong with the command.
        await server.WaitForLogAsync("there is no bread");
        Assert.DoesNotContain(server.Log, line => line.Contains("a command of", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scheduled_call_runs_unless_its_user_has_left()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client reader = await server.ConnectAsync();
        using Client first = await server.ConnectAsync();
        using Client second = await server.ConnectAsync();
        await first.TypeAsync("remind 200ms never");
        await first.TypeAsync("quit");
        await first.ReadToEndAsync();

        await second.TypeAsync("remind 400ms now");

        Assert.Equal("Reminder of u1002: now", await reader.ReadAsync());
        Assert.Equal("Reminder of u1002: now", await second.ReadAsync());
    }

    [Fact]
    public async Task Hooks_react_to_what_others_do()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();
        using Client bob = await server.ConnectAsync();
        Assert.StartsWith("You are in #game (1 person)", await alice.AskAsync("join game"), StringComparison.Ordinal);
        Assert.Equal("Welcome to the game, u1000.", await alice.ReadAsync());
        Assert.StartsWith("You are in #game (2 people)", await bob.AskAsync("join game"), StringComparison.Ordinal);
        Assert.Equal("Welcome to the game, u1001.", await bob.ReadAsync());
        Assert.Equal("#game + u1001 joined", await alice.ReadAsync());
        Assert.Equal("Welcome to the game, u1001.", await alice.ReadAsync());

        Assert.Equal("Line 1 has 5 letters.", await alice.AskAsync("hello"));
        Assert.Equal("#game u1000 hello", await bob.ReadAsync());
        Assert.Equal("Line 1 has 5 letters.", await bob.ReadAsync());
        Assert.Equal("#game u1000 A hook hears no hook.", await bob.ReadAsync());

        await bob.TypeAsync("/quit");
        Assert.Equal("Goodbye, u1001.", await bob.ReadAsync());
        Assert.Equal("Goodbye, u1001.", await alice.ReadAsync());
        Assert.Equal("#game - u1001 quit", await alice.ReadAsync());
        await server.WaitForLogAsync("a bug in a hook");
        Assert.Equal("Line 2 has 4 letters.", await alice.AskAsync("both"));
    }

    [Fact]
    public async Task A_command_that_blocks_the_loop_is_named_in_the_log()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client client = await server.ConnectAsync();

        Assert.Equal("Blocked", await client.AskAsync("block 100"));

        await server.WaitForLogAsync("what ran longest in it was block, 10");
    }
}
