using AotChat.Commands;
using AotChat.Protocols.Terminal;
using AotChat.Tests.Simulation;
using Microsoft.Extensions.Logging;

namespace AotChat.Tests.Commands;

/// <summary>What a command does later, and that it ends with its user's leaving.</summary>
public sealed class ScheduleSpecs
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SimulatedChat _chat = new();
    private readonly SimulatedClient _client;
    private readonly CommandContext _context;

    public ScheduleSpecs()
    {
        _client = _chat.Connect();
        _context = _chat.ContextOf("u1000");
    }

    [Fact]
    public void A_scheduled_callback_runs_on_the_loop_after_its_delay()
    {
        SynchronizationContext? seen = null;
        _chat.InLoop(() => _context.Schedule(Minute, () =>
        {
            seen = SynchronizationContext.Current;
            _context.Reply($"Time is up.");
        }));
        _chat.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.Empty(_client.ReadTexts());
        _chat.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(["Time is up."], _client.ReadTexts());
        Assert.Same(_chat.Loop.Context, seen);
        _chat.Advance(Minute);
        Assert.Empty(_client.ReadTexts());
    }

    [Fact]
    public void A_disposed_callback_does_not_run()
    {
        int timers = _chat.Loop.TimerCount;
        _chat.InLoop(() => _context.Schedule(Minute, () => _context.Reply($"Time is up.")).Dispose());

        Assert.Equal(timers, _chat.Loop.TimerCount);
        _chat.Advance(Minute);
        Assert.Empty(_client.ReadTexts());
    }

    [Fact]
    public void A_scheduled_callback_does_not_run_once_its_caller_has_left()
    {
        int timers = _chat.Loop.TimerCount;
        int happened = 0;
        _chat.InLoop(() =>
        {
            _context.Schedule(Minute, () => happened++);
            _context.ForCall("call"u8).Schedule(Minute, () => happened++);
            Assert.Equal(timers + 2, _chat.Loop.TimerCount);
            _context.Leave(default, isTold: true);
            _context.Schedule(Minute, () => happened++).Dispose();
            _context.Schedule(Minute, () => happened++);
        });

        Assert.Equal(timers, _chat.Loop.TimerCount);
        _chat.Advance(Minute);
        Assert.Equal(0, happened);
    }

    [Fact]
    public void A_call_that_has_happened_is_not_kept()
    {
        HashSet<ScheduledCall> pending = [];
        int happened = 0;
        new ScheduledCall(pending).Start(new LoopScheduler(_chat.Loop), Minute, () => happened++);
        Assert.Single(pending);
        _chat.Advance(Minute);

        Assert.Equal((1, 0), (happened, pending.Count));
    }

    [Fact]
    public void A_callback_that_awaits_resumes_on_the_loop()
    {
        _chat.InLoop(() => _context.Schedule(Minute, async () =>
        {
            await Task.Yield();
            _context.Reply($"Time is up {(SynchronizationContext.Current == _chat.Loop.Context ? "on" : "off")} the loop.");
        }));
        _chat.Advance(Minute);

        Assert.Equal(["Time is up on the loop."], _client.ReadTexts());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_callback_that_fails_is_logged_and_ends_nothing_else(bool isLater)
    {
        _chat.InLoop(() => _context.Schedule(Minute, async () =>
        {
            if (isLater)
            {
                await Task.Yield();
            }

            throw new InvalidOperationException("a bug");
        }));
        _chat.Advance(Minute);

        (LogLevel level, _, Exception? exception) = Assert.Single(_chat.Log.Entries);
        Assert.Equal((LogLevel.Error, "a bug"), (level, exception?.Message));
        Assert.Equal(["No other user is connected."], _client.Type("w").ReadTexts());
    }

    [Fact]
    public void A_callback_that_is_cancelled_when_its_caller_leaves_is_not_logged()
    {
        _chat.InLoop(() =>
        {
            _context.Schedule(Minute, async () => await Task.Delay(Minute, _chat.Time, _context.Gone));
            _context.Schedule(Minute, () => _context.Gone.ThrowIfCancellationRequested());
        });
        _chat.Advance(Minute);
        _chat.InLoop(_context.End);
        _chat.Settle();

        Assert.Empty(_chat.Log.Entries);
    }
}
