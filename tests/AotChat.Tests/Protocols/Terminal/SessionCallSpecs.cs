using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>Commands that wait for jobs: how they are listed, and what their end does to the session.</summary>
public sealed class SessionCallSpecs
{
    private readonly SimulatedChat _chat = new();

    [Theory]
    [InlineData("")]
    [InlineData("join lobby\n/")]
    public void A_job_is_listed_with_the_first_80_bytes_of_its_call_a_slash_included(string before)
    {
        _chat.Connect().Send($"{before}fib u1000{new string(' ', 100)}5\n");

        Assert.Equal(80, Assert.Single(_chat.Jobs.Requests).Call.Length);
    }

    [Fact]
    public void A_session_ends_with_its_last_command_though_that_says_nothing()
    {
        SimulatedClient caller = _chat.Connect().Type("fib u1000 5");
        _chat.Stop(_chat.Server.LeaveLimit, () => { });
        _chat.Settle();
        Assert.False(caller.Transport.Closed);

        _chat.InLoop(() => _chat.Jobs.FailNext(new OperationCanceledException()));
        _chat.Settle();

        Assert.True(caller.Transport.Closed);
    }

    [Fact]
    public void Much_that_is_written_by_jobs_that_end_at_once_is_sent_in_parts()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, OutboxSoftBytes = 2_000, OutboxHardBytes = 4_000 });
        SimulatedClient reader = chat.Connect();
        chat.Connect().Type([.. Enumerable.Repeat("fib u1000 3000", 8)]);
        int sends = reader.Transport.Sends;
        for (int job = 0; job < 8; job++)
        {
            chat.Loop.Post(_ => chat.Jobs.RunNext(), null);
        }

        chat.Turn();

        Assert.Equal(8, reader.ReadTexts().Length);
        Assert.True(reader.Transport.Sends > sends + 1);
    }
}
