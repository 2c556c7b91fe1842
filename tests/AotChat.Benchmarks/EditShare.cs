using System.Diagnostics;
using System.Globalization;

namespace AotChat.Benchmarks;

/// <summary>
/// What the generators cost of one edit in an editor: the time from a changed file to generated source, for a project
/// of 100 commands.
/// </summary>
internal static class EditShare
{
    private const int Commands = 100;
    private const int WarmUps = 200;
    private const int Edits = 300;

    /// <summary>The most milliseconds that the middle one of many key strokes in a method may cost.</summary>
    private const double Limit = 10;

    /// <summary>Prints the shares; false where one is over the limit.</summary>
    public static bool Print()
    {
        Console.WriteLine($"The generators' share of an edit with {Commands} commands, in milliseconds; limit {Limit} at the median");
        Console.WriteLine("in 10 files");
        bool isBelow = PrintAll(commandsPerFile: 10);

        // Whatever is declared could change the meaning of every signature: all are bound again. And all commands in
        // one class of some thousand lines are one file that is written anew.
        Console.WriteLine("for comparison, without a limit");
        _ = Print("a constant's value", 10, "int Weight = 1;", "int Weight = 2;");
        Console.WriteLine("for comparison, all in one file");
        _ = PrintAll(commandsPerFile: Commands);
        return isBelow;
    }

    private static bool PrintAll(int commandsPerFile)
    {
        double body = Print("a method's body", commandsPerFile, "length >", "length  >");
        double line = Print("a line more above them", commandsPerFile, "internal static class", "// More.\ninternal static class");
        double signature = Print("a command's signature", commandsPerFile, "Command3(CommandContext context,", "Command3(CommandContext context, int n,");
        return Math.Max(body, Math.Max(line, signature)) < Limit;
    }

    private static double Print(string what, int commandsPerFile, string one, string other)
    {
        SyntheticProject project = new(Commands, commandsPerFile);
        List<double> times = [];
        for (int i = 0; i < WarmUps + Edits; i++)
        {
            // There and back again, in one file after the other.
            int file = i / 2 % (Commands / commandsPerFile);
            project.Edit(file, i % 2 == 0 ? one : other, i % 2 == 0 ? other : one);
            long start = Stopwatch.GetTimestamp();
            project.Generate();
            if (i >= WarmUps)
            {
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        times.Sort();
        double median = times[times.Count / 2];
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"  {what,-24} least {times[0],6:F2}  median {median,6:F2}  nine of ten below {times[times.Count * 9 / 10],6:F2}");
        Console.WriteLine(line);
        return median;
    }
}
