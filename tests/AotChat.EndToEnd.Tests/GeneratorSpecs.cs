namespace AotChat.EndToEnd.Tests;

/// <summary>What one more file brings: three commands and a job, with no other edit anywhere.</summary>
public sealed class GeneratorSpecs
{
    [Fact]
    public async Task A_file_adds_commands_and_a_job()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();

        Assert.Equal("u1000 throws a die with 6 sides", await alice.AskAsync("dice u1000"));
        Assert.Equal("u1000 throws a die with 4 sides", await alice.AskAsync("ROLL u1000 pyramid"));
        Assert.Equal("3 numbers, -2 together", await alice.AskAsync("sum 1 2 -5"));
        Assert.Equal("12 throws, 42 together, the best 6 6 5", await alice.AskAsync("throw-many 12"));
    }

    [Theory]
    [InlineData("dice u1000 sphere", "Invalid dice parameters: SHAPE must be cube or pyramid. Usage: dice USER [SHAPE]")]
    [InlineData("dice nobody", "User not found: nobody")]
    [InlineData("sum 1 x", "Invalid sum parameters: ")]
    [InlineData("throw-many 0", "Invalid throw-many parameters: COUNT must be from 1 to 1000. Usage: throw-many COUNT")]
    [InlineData("dise u1000", "Unknown command: dise. Did you mean dice?")]
    public async Task A_call_that_does_not_fit_is_answered_by_what_was_generated(string call, string answer)
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();

        Assert.StartsWith(answer, await alice.AskAsync(call), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_knows_them()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();

        Assert.StartsWith("dice USER [SHAPE]", await alice.AskAsync("help dice"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_executable_holds_no_metadata_to_look_commands_up_by()
    {
        // A name that reflection could find would be in the executable as text, once for its metadata; what the compiler
        // keeps for stack traces are the names of methods, without parameters and attributes. Names of parameters and of
        // attributes are nowhere but in metadata, which is stripped: whatever runs, runs without it.
        byte[] image = File.ReadAllBytes(Executable.TestServer);

        Assert.Equal(-1, image.AsSpan().IndexOf("CommandAttribute"u8));
        Assert.Equal(-1, image.AsSpan().IndexOf("BetweenAttribute"u8));
    }
}
