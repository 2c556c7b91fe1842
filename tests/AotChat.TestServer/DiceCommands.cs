using AotChat.Jobs;
using AotChat.Workers;

namespace AotChat.Commands;

/// <summary>Three commands and a job in one file: all that a developer writes to add them.</summary>
internal static class DiceCommands
{
    /// <summary>How a die is shaped.</summary>
    internal enum Shape
    {
        /// <summary>Six sides.</summary>
        Cube,

        /// <summary>Four sides.</summary>
        Pyramid,
    }

    /// <summary>What came of many throws.</summary>
    internal sealed record Throws(int Count, long Sum, string[] Best);

    /// <summary>Throws a die of SHAPE in front of USER.</summary>
    [Command("dice", Aliases = ["roll"], Category = "Games")]
    internal static void Dice(CommandContext context, Chat.User user, Shape shape = Shape.Cube)
    {
        context.TryTell(user, $"{context.User} throws a die with {(shape == Shape.Cube ? 6 : 4)} sides");
    }

    /// <summary>Says how much the NUMBERS are together.</summary>
    [Command("sum", Category = "Games")]
    internal static void Sum(CommandContext context, params int[] numbers)
    {
        long sum = numbers.Sum(number => (long)number);
        context.Reply($"{numbers.Length} numbers, {sum} together");
    }

    /// <summary>Throws a die COUNT times in a worker.</summary>
    [Command("throw-many", Category = "Games")]
    internal static async ValueTask ThrowMany(CommandContext context, [Between(1, 1_000)] int count, CancellationToken cancellationToken)
    {
        Throws throws = await context.Jobs.ThrowAllAsync(count, cancellationToken);
        string best = string.Join(' ', throws.Best);
        context.Reply($"{throws.Count} throws, {throws.Sum} together, the best {best}");
    }

    /// <summary>Throws, the same each time.</summary>
    [Job]
    internal static Throws ThrowAll(int count)
    {
        int[] throws = [.. Enumerable.Range(0, count).Select(i => (i * 5 % 6) + 1)];
        return new Throws(count, throws.Sum(), [.. throws.OrderDescending().Take(3).Select(value => $"{value}")]);
    }
}
