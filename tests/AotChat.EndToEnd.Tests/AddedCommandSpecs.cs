using System.Text;

namespace AotChat.EndToEnd.Tests;

/// <summary>Commands and a job that one more file adds to the server, without an edit anywhere else.</summary>
public sealed class AddedCommandSpecs
{
    [Theory]
    [InlineData("turn left", "left 1")]
    [InlineData("TURN Right 4", "right 4")]
    [InlineData("rotate right", "right 1")]
    [InlineData("turn", "Invalid turn parameters: left|right is missing. Usage: turn left|right [TIMES]")]
    [InlineData("turn up", "Invalid turn parameters: word 1 must be left or right. Usage: turn left|right [TIMES]")]
    [InlineData("turn left 5", "Invalid turn parameters: TIMES must be from 1 to 4. Usage: turn left|right [TIMES]")]
    [InlineData("trun left", "Unknown command: trun. Did you mean turn?")]
    [InlineData("box a 3 -1.5 2", "a1 to a0 around a0, a1, a2")]
    [InlineData("box a", "failed: there is nothing to surround")]
    [InlineData("box a 1 x", "Invalid box parameters: each of NUMBERS must be a number. Usage: box NAME [NUMBERS...]")]
    [InlineData("box abcdefghi 1", "Invalid box parameters: NAME must have 1 to 8 characters. Usage: box NAME [NUMBERS...]")]
    public async Task Added_commands_answer_over_a_socket(string line, string answer)
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client client = await server.ConnectAsync();

        Assert.Equal(answer, await client.AskAsync(line));
    }

    [Fact]
    public async Task Help_lists_added_commands()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client client = await server.ConnectAsync();

        Assert.StartsWith("turn left|right [TIMES]", await client.AskAsync("help turn"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_under_way_hears_that_its_caller_has_gone()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client watcher = await server.ConnectAsync();
        Client caller = await server.ConnectAsync();
        Assert.Equal("Watching", await caller.AskAsync("watch u1000"));

        caller.Reset();

        Assert.Equal("u1001 has gone", await watcher.ReadAsync());
    }

    [Fact]
    public async Task Commands_and_jobs_are_found_where_all_metadata_about_them_is_stripped()
    {
        await using Server server = await Server.StartStrippedServerAsync("--workers", "1");
        using Client client = await server.ConnectAsync();

        Assert.Equal("right 2", await client.AskAsync("turn right 2"));
        Assert.Equal("No other user is connected.", await client.AskAsync("w"));
        Assert.Equal("a0 to a1 around a0, a1", await client.AskAsync("box a 1 2"));
    }

    // The ordinary binary holds these names for its stack traces alone, which shows that they would be found. What
    // stays in the stripped one is the names of state machines, which are generic arguments of the framework's.
    [Theory]
    [InlineData("CommandDispatcher")]
    [InlineData("RunBroadcast")]
    [InlineData("TalkCommands")]
    [InlineData("RunTurn")]
    [InlineData("RunBox")]
    public void No_name_of_what_dispatches_is_left_in_the_stripped_binary(string name)
    {
        Assert.True(IsIn(Executable.TestServer, name));
        Assert.False(IsIn(Executable.StrippedServer, name));
    }

    [Theory]
    [InlineData("CommandAttribute")]
    [InlineData("BetweenAttribute")]
    [InlineData("JobAttribute")]
    public void No_attribute_that_a_command_could_be_found_by_is_left_in_any_binary(string name)
    {
        Assert.False(IsIn(Executable.Path, name));
        Assert.False(IsIn(Executable.TestServer, name));
    }

    private static bool IsIn(string binary, string name) => File.ReadAllBytes(binary).AsSpan().IndexOf(Encoding.ASCII.GetBytes(name)) >= 0;
}
