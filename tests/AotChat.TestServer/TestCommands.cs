namespace AotChat.Commands;

/// <summary>A command for each test job, which answers with its result, or with why there is none.</summary>
internal static class TestCommands
{
    /// <summary>Waits for MILLISECONDS.</summary>
    [Command("sleep")]
    internal static ValueTask Sleep(CommandContext context, int milliseconds) => Answer(context, context.Jobs.SleepAsync(milliseconds));

    /// <summary>Waits for MILLISECONDS in the other lane.</summary>
    [Command("sleep-io")]
    internal static ValueTask SleepIo(CommandContext context, int milliseconds) => Answer(context, context.Jobs.SleepIoAsync(milliseconds));

    /// <summary>Waits for MILLISECONDS, at most a second.</summary>
    [Command("sleep-short")]
    internal static ValueTask SleepShort(CommandContext context, int milliseconds) => Answer(context, context.Jobs.SleepShortAsync(milliseconds));

    /// <summary>Waits for MILLISECONDS on behalf of USER.</summary>
    [Command("sleep-for")]
    internal static ValueTask SleepFor(CommandContext context, Chat.User user, int milliseconds) =>
        Answer(context, context.Jobs.For(user).SleepAsync(milliseconds));

    /// <summary>Computes for MILLISECONDS.</summary>
    [Command("burn")]
    internal static ValueTask Burn(CommandContext context, int milliseconds) => Answer(context, context.Jobs.BurnAsync(milliseconds));

    /// <summary>Ends a worker with CODE.</summary>
    [Command("exit-always")]
    internal static ValueTask Exit(CommandContext context, int code) => Answer(context, context.Jobs.ExitAsync(code));

    /// <summary>Ends a worker with CODE, once.</summary>
    [Command("exit-once")]
    internal static ValueTask ExitOnce(CommandContext context, int code) => Answer(context, context.Jobs.ExitOnceAsync(code));

    /// <summary>Ends a worker if there is no file MARKER.</summary>
    [Command("exit-first")]
    internal static ValueTask ExitFirst(CommandContext context, string marker) => Answer(context, context.Jobs.ExitFirstAsync(marker));

    /// <summary>Crashes a worker.</summary>
    [Command("segfault")]
    internal static ValueTask Segfault(CommandContext context) => Answer(context, context.Jobs.SegfaultAsync());

    /// <summary>Takes MEBIBYTES of memory.</summary>
    [Command("allocate")]
    internal static ValueTask Allocate(CommandContext context, int mebibytes) => Answer(context, context.Jobs.AllocateAsync(mebibytes));

    /// <summary>Takes MEBIBYTES of memory, of which there are few.</summary>
    [Command("allocate-little")]
    internal static ValueTask AllocateLittle(CommandContext context, int mebibytes) => Answer(context, context.Jobs.AllocateLittleAsync(mebibytes));

    /// <summary>Makes a worker send what is no frame.</summary>
    [Command("garbage")]
    internal static ValueTask Garbage(CommandContext context) => Answer(context, context.Jobs.GarbageAsync());

    /// <summary>Makes a worker end in the middle of a frame.</summary>
    [Command("half-frame")]
    internal static ValueTask HalfFrame(CommandContext context) => Answer(context, context.Jobs.HalfFrameAsync());

    /// <summary>Prints TEXT.</summary>
    [Command("print")]
    internal static ValueTask Print(CommandContext context, string text) => Answer(context, context.Jobs.PrintAsync(text));

    /// <summary>Prints LINES.</summary>
    [Command("chatter")]
    internal static ValueTask Chatter(CommandContext context, int lines) => Answer(context, context.Jobs.ChatterAsync(lines));

    /// <summary>Makes a result of BYTES.</summary>
    [Command("huge")]
    internal static async ValueTask Huge(CommandContext context, int bytes)
    {
        try
        {
            string result = await context.Jobs.HugeAsync(bytes);
            context.Reply($"{result.Length} bytes");
        }
        catch (JobFailedException failure)
        {
            context.Reply($"failed: {failure.Message}");
        }
    }

    /// <summary>Tries the network, and to connect to PORT.</summary>
    [Command("network")]
    internal static ValueTask Network(CommandContext context, int port) => Answer(context, context.Jobs.NetworkAsync(port));

    /// <summary>Tries the network in the other lane, and to connect to PORT.</summary>
    [Command("network-io")]
    internal static ValueTask NetworkIo(CommandContext context, int port) => Answer(context, context.Jobs.NetworkIoAsync(port));

    /// <summary>Tries to look into the server.</summary>
    [Command("inspect")]
    internal static ValueTask Inspect(CommandContext context) => Answer(context, context.Jobs.InspectAsync());

    /// <summary>Tries to look into the server from the other lane.</summary>
    [Command("inspect-io")]
    internal static ValueTask InspectIo(CommandContext context) => Answer(context, context.Jobs.InspectIoAsync());

    /// <summary>Throws MESSAGE.</summary>
    [Command("throw")]
    internal static ValueTask Throw(CommandContext context, string message) => Answer(context, context.Jobs.ThrowAsync(message));

    private static async ValueTask Answer(CommandContext context, ValueTask<string> job)
    {
        try
        {
            string result = await job;
            context.Reply($"{result}");
        }
        catch (JobFailedException failure)
        {
            context.Reply($"failed: {failure.Message}");
        }
    }
}
