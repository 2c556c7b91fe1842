namespace AotChat.Commands;

/// <summary>
/// What it takes to add commands and a job: this file, and no other edit anywhere. They use of the grammar what the
/// product's own commands do not.
/// </summary>
internal static class ShapeCommands
{
    /// <summary>A direction to look in.</summary>
    internal enum Side
    {
        Left,
        Right,
    }

    /// <summary>A place.</summary>
    internal sealed record Place(string Name, double X, double Y);

    /// <summary>What is around places.</summary>
    internal sealed record Box(Place Least, Place Most, string[] Inside);

    /// <summary>Turns SIDE, at most 4 TIMES.</summary>
    [Command("turn", Aliases = ["rotate"], Category = "Shapes")]
    internal static void Turn(CommandContext context, Side side, [Between(1, 4)] int times = 1) => context.Reply($"{(side == Side.Left ? "left" : "right")} {times}");

    /// <summary>Puts a box around the diagonal through NUMBERS.</summary>
    [Command("box", Category = "Shapes")]
    internal static async ValueTask Surround(CommandContext context, [Length(1, 8)] string name, [Between(-100.0, 100.0)] params double[] numbers)
    {
        try
        {
            Place[] places = [.. numbers.Select((number, i) => new Place($"{name}{i}", number, -number))];
            Box box = await context.Jobs.SurroundAsync(places, context.Gone);
            context.Reply($"{box.Least.Name} to {box.Most.Name} around {string.Join(", ", box.Inside)}");
        }
        catch (JobFailedException failure)
        {
            context.Reply($"failed: {failure.Message}");
        }
    }

    /// <summary>Tells USER when the caller has gone.</summary>
    [Command("watch", Category = "Shapes")]
    internal static async ValueTask Watch(CommandContext context, User user, CancellationToken gone)
    {
        TaskCompletionSource end = new();
        using CancellationTokenRegistration registration = gone.Register(end.SetResult);
        context.Reply($"Watching");
        await end.Task;
        context.TryTell(user, $"{context.User} has gone");
    }

    /// <summary>The least and the largest place, and the names of all.</summary>
    [Job]
    internal static Box Surround(Place[] places) => places.Length == 0
        ? throw new JobException("there is nothing to surround")
        : new Box(places.MinBy(place => place.X)!, places.MaxBy(place => place.X)!, [.. places.Select(place => place.Name)]);
}
