namespace AotChat.Commands;

/// <summary>What commands can do besides answering: wait, remember, come back later, and react to what others do.</summary>
internal static class ContextCommands
{
    /// <summary>Waits for SECONDS, or until you leave.</summary>
    [Command("linger")]
    internal static async ValueTask Linger(CommandContext context, int seconds)
    {
        context.Reply($"Lingering");
        await Task.Delay(TimeSpan.FromSeconds(seconds), context.Gone);
        context.Reply($"Done");
    }

    /// <summary>Fails in a worker with MESSAGE, and does not care.</summary>
    [Command("careless")]
    internal static async ValueTask Careless(CommandContext context, [Rest] string message) => await context.Jobs.ThrowAsync(message);

    /// <summary>Says TEXT to you after DELAY.</summary>
    [Command("remind")]
    internal static void Remind(CommandContext context, TimeSpan delay, [Rest] string text)
    {
        User user = context.User;
        context.Schedule(delay, () => context.TellEveryone($"Reminder of {user}: {text}"));
    }

    /// <summary>Blocks the loop for MILLISECONDS.</summary>
    [Command("block")]
    internal static void Block(CommandContext context, int milliseconds)
    {
        Thread.Sleep(milliseconds);
        context.Reply($"Blocked");
    }

    /// <summary>Counts what is said in a room that is called game.</summary>
    [OnSaid]
    internal static void Count(CommandContext context, Room room, string text)
    {
        if (IsGame(room))
        {
            Score score = room.State<Score>();
            score.Lines++;
            context.TellRoom(room, $"Line {score.Lines} has {text.Length} letters.");
            context.Say(room, "A hook hears no hook.");
        }
    }

    /// <summary>Greets in that room.</summary>
    [OnJoin]
    internal static void Greet(CommandContext context, Room room)
    {
        if (IsGame(room))
        {
            context.TellRoom(room, $"Welcome to the game, {context.User}.");
        }
    }

    /// <summary>Says goodbye there.</summary>
    [OnLeave]
    internal static async ValueTask Part(CommandContext context, Room room)
    {
        if (IsGame(room))
        {
            context.TellRoom(room, $"Goodbye, {context.User}.");
            await Task.Yield();
            throw new InvalidOperationException("a bug in a hook");
        }
    }

    private static bool IsGame(Room room) => room.Name.SequenceEqual("game"u8);

    private sealed class Score
    {
        public int Lines { get; set; }
    }
}
