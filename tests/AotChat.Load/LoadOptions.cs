using System.Globalization;

namespace AotChat.Load;

/// <summary>What the one who runs the bench wants.</summary>
internal sealed record LoadOptions
{
    public const string Help = """
        Measures an AotChat server and, in the same run, a bare server that does the minimum.

        ./build.sh bench [--NAME VALUE]...

          --scenario NAME   run only this scenario; can be given several times (default: all)
          --runs N          runs of each scenario; the medians are shown (default: 3)
          --seconds N       measured seconds per run (default: 5)
          --server PATH     the server (default: ./aotchat)
          --json            print one JSON object instead of the table
          --list            print the names of the scenarios
          --help            print this

        Exit codes: 0 done, 1 a message was lost, duplicated, changed or out of order, 2 it could not run.

        """;

    public IReadOnlyList<string> Scenarios { get; private set; } = [];

    public int Runs { get; private set; } = 3;

    public double Seconds { get; private set; } = 5;

    public string Server { get; private set; } = "./aotchat";

    public bool IsJson { get; private set; }

    /// <summary>Reads the command line.</summary>
    public static LoadOptions Parse(string[] arguments)
    {
        LoadOptions options = new();
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            if (name == "--json")
            {
                options.IsJson = true;
                continue;
            }

            string value = i + 1 < arguments.Length ? arguments[++i] : throw new LoadException($"{name} needs a value, or is unknown; --help lists all");
            switch (name)
            {
                case "--scenario":
                    options.Scenarios = [.. options.Scenarios, value];
                    break;
                case "--runs":
                    options.Runs = (int)Number(name, value, 1, 100);
                    break;
                case "--seconds":
                    options.Seconds = Number(name, value, 0.1, 600);
                    break;
                case "--server":
                    options.Server = value;
                    break;
                default:
                    throw new LoadException($"{name}: there is no such option; --help lists all");
            }
        }

        return options;
    }

    private static double Number(string name, string value, double min, double max) =>
        double.TryParse(value, CultureInfo.InvariantCulture, out double number) && number >= min && number <= max
            ? number
            : throw new LoadException($"{name}: '{value}' is not allowed; use a number from {min} to {max}");
}
