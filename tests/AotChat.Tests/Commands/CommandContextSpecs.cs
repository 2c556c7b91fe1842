using AotChat.Chat;
using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Diagnostics;
using AotChat.Tests.Simulation;
using AotChat.Workers;

namespace AotChat.Tests.Commands;

/// <summary>What a command can know of its caller.</summary>
public sealed class CommandContextSpecs
{
    private readonly CommandContext _context;

    public CommandContextSpecs()
    {
        SimulatedChat chat = new();
        UserDirectory users = new();
        _context = new CommandContext(
            users.Enter(new NoTerminal()), users, new LineComposer(chat.Time), chat.Jobs, new CurrentCall(), new ChatCounters(chat.Loop.Statistics), new ChatOptions());
    }

    [Fact]
    public void The_token_is_cancelled_when_the_caller_has_gone()
    {
        CancellationToken token = _context.Gone;
        Assert.False(token.IsCancellationRequested);

        _context.End();

        Assert.True(token.IsCancellationRequested);
    }

    [Fact]
    public void Who_asks_later_hears_that_the_caller_has_gone()
    {
        _context.End();

        Assert.True(_context.Gone.IsCancellationRequested);
    }

    private sealed class NoTerminal : ITerminal
    {
        public bool TryWrite(Line line, Delivery delivery) => true;

        public void HangUp()
        {
        }
    }
}
