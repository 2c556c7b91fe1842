namespace AotChat.Load;

/// <summary>Measures a server, and the floor under it.</summary>
internal static class Program
{
    private const string FloorRole = "--floor";

    private static int Main(string[] arguments)
    {
        try
        {
            switch (arguments)
            {
                case [FloorRole, string kind]:
                    using (FloorServer floor = new(kind == nameof(FloorKind.Coalescing)))
                    {
                        Native.RaiseFileLimit();
                        floor.Run();
                    }

                    return 0;

                case [.., "--help" or "-h"]:
                    Console.Write(LoadOptions.Help);
                    return 0;

                case [.., "--list"]:
                    Console.Write(string.Concat(Scenarios.All.Select(scenario => $"{scenario.Name,-12} {scenario.Title}\n")));
                    return 0;

                default:
                    return Measure(LoadOptions.Parse(arguments));
            }
        }
        catch (Exception exception) when (exception is LoadException or IOException or System.ComponentModel.Win32Exception)
        {
            Console.Error.WriteLine($"bench: {exception.Message}");
            return 2;
        }
    }

    private static int Measure(LoadOptions options)
    {
        Native.RaiseFileLimit();
        List<Measured> all = [];
        foreach (Scenario scenario in Chosen(options.Scenarios))
        {
            all.Add(Measure(scenario, options));
        }

        double bareSend = BareSend.Measure();
        Console.Write(options.IsJson ? Report.Json(all, options, bareSend) : Report.Markdown(all, options, bareSend));
        if (all.All(measured => measured.IsClean))
        {
            return 0;
        }

        Console.Error.WriteLine("bench: some messages were lost, duplicated, changed or out of order; see the report");
        return 1;
    }

    private static IEnumerable<Scenario> Chosen(IReadOnlyList<string> names) => names.Count == 0
        ? Scenarios.All
        : names.Select(name => Scenarios.All.FirstOrDefault(scenario => scenario.Name == name)
            ?? throw new LoadException($"there is no scenario '{name}'; --list shows all"));

    private static Measured Measure(Scenario scenario, LoadOptions options)
    {
        // Turn and turn about, so that a machine that changes its pace changes it for both.
        List<Figures> server = [];
        List<Figures> floor = [];
        for (int run = 1; run <= options.Runs; run++)
        {
            Console.Error.WriteLine($"{scenario.Name}: run {run} of {options.Runs}");
            server.Add(scenario.Run(() => new Target(options.Server, ["--port", "0", .. scenario.ServerArguments]), options.Seconds));
            if (scenario.Floor != FloorKind.None)
            {
                floor.Add(scenario.Run(() => new Target(Environment.ProcessPath!, FloorRole, scenario.Floor.ToString()), options.Seconds));
            }
        }

        return new Measured(
            scenario,
            Figures.Median(server),
            floor.Count > 0 ? Figures.Median(floor) : null,
            [.. server.Select(figures => figures.Traffic).OfType<TrafficResult>()]);
    }
}
