using System.Diagnostics;
using System.Globalization;
using System.Text;
using AotChat.Commands;

namespace AotChat.Benchmarks;

/// <summary>
/// The same comparisons as the benchmarks make, in seconds and on a machine that does other things as well: short batches
/// of each in turn, of which the fastest counts.
/// </summary>
internal static class DispatchRatio
{
    private const int Batch = 20_000;
    private const int Rounds = 1_500;

    // Tiered compilation needs thirty calls of a method and a little time.
    private const int WarmUpRounds = 300;

    /// <summary>How many times as long as the hand-written one the generated one may take.</summary>
    private const double Limit = 1.1;

    /// <summary>How many times as long as the search among 5 the search among 500 may take: about as long.</summary>
    private const double LimitOfMany = 1.5;

    private delegate ValueTask Dispatcher(CommandContext context, ReadOnlySpan<byte> line);

    /// <summary>Prints them; false where one is over its limit.</summary>
    public static bool Print()
    {
        bool isBelow = true;
        Console.WriteLine($"Nanoseconds a line, the fastest of {Rounds} batches of {Batch}; generated at most {Limit} times the hand-written");
        foreach (string line in new[] { "w", "msg u1001 hello there", "broadcast hello all" })
        {
            CommandContext context = new();
            byte[] bytes = Encoding.UTF8.GetBytes(line);
            double[] times = Compare(
                () => Repeat(context, bytes, HandWrittenDispatcher.DispatchAsync),
                () => Repeat(context, bytes, CommandDispatcher.DispatchAsync),
                () => Repeat(context, bytes, DelegateDispatcher.DispatchAsync));
            isBelow &= times[1] <= Limit * times[0];
            string text = string.Create(
                CultureInfo.InvariantCulture,
                $"  {line,-24} hand-written {times[0],6:F1}  generated {times[1],6:F1} ({times[1] / times[0]:F2})  dictionary of delegates {times[2],6:F1} ({times[2] / times[0]:F2})");
            Console.WriteLine(text);
        }

        Console.WriteLine($"Nanoseconds a line, the same five commands in turn; 500 at most {LimitOfMany} times 5");
        double[] many = Compare(Searching(5), Searching(50), Searching(500));
        isBelow &= many[2] <= LimitOfMany * many[0];
        string summary = string.Create(
            CultureInfo.InvariantCulture, $"  of 5 commands {many[0]:F1}  of 50 {many[1]:F1}  of 500 {many[2]:F1} ({many[2] / many[0]:F2})");
        Console.WriteLine(summary);
        return isBelow;
    }

    private static void Repeat(CommandContext context, byte[] line, Dispatcher dispatch)
    {
        for (int i = 0; i < Batch; i++)
        {
            Finish(dispatch(context, line));
        }

        if (context.Refusals > 0)
        {
            throw new InvalidOperationException("A line was not run.");
        }
    }

    // None of these commands waits.
    private static void Finish(ValueTask command) => Debug.Assert(command.IsCompletedSuccessfully, "A command waits.");

    private static Action Searching(int commands)
    {
        Func<byte[][], long> run = new SyntheticProject(commands, commandsPerFile: 50).Load();

        // The same five of all, so that nothing differs but how many there are.
        byte[][] five = [.. SyntheticProject.NamesOf(5).Select(name => Encoding.UTF8.GetBytes(name + " u1001 hello there"))];
        byte[][] lines = [.. Enumerable.Range(0, Batch).Select(i => five[i % five.Length])];
        return () => run(lines);
    }

    private static double[] Compare(params Action[] candidates)
    {
        double[] min = [.. candidates.Select(_ => double.MaxValue)];
        for (int round = 0; round < WarmUpRounds + Rounds; round++)
        {
            for (int i = 0; i < candidates.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                candidates[i]();
                double time = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Batch;
                min[i] = round < WarmUpRounds ? min[i] : Math.Min(min[i], time);
            }
        }

        return min;
    }
}
