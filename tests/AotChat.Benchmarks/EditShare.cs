using System.Diagnostics;
using System.Globalization;

namespace AotChat.Benchmarks;

/// <summary>
/// What the generators cost of one edit in an editor: the time from a changed file to generated source, for a project
/// of 500 commands.
/// </summary>
internal static class EditShare
{
    private const int Commands = 500;
    private const int WarmUps = 200;
    private const int Edits = 300;

    /// <summary>The most milliseconds that the middle one of many key strokes in a method may cost.</summary>
    private const double Limit = 5;

    /// <summary>Prints the shares; false where one is over the limit.</summary>
    public static bool Print()
    {
        Console.WriteLine($"The generators' share of an edit with {Commands} commands, in milliseconds; limit {Limit} at the median");
        bool isBelow = true;
        foreach (int commandsPerFile in new[] { 10, Commands })
        {
            int files = Commands / commandsPerFile;
            Console.WriteLine(files == 1 ? "all in one file" : $"in {files} files");
            isBelow &= Print("a method's body", commandsPerFile, "length >", "length  >") < Limit;
            isBelow &= Print("a line more above them", commandsPerFile, "internal static class", "// More.\ninternal static class") < Limit;
            isBelow &= Print("a command's signature", commandsPerFile, "Command3(CommandContext context,", "Command3(CommandContext context, int n,") < Limit;
        }

        // Whatever is declared could change the meaning of every signature: all are bound again.
        Console.WriteLine("for comparison, without a limit");
        _ = Print("a constant's value", 10, "int Weight = 1;", "int Weight = 2;");
        return isBelow;
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
