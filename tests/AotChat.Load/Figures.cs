namespace AotChat.Load;

/// <summary>What was measured in one run of a scenario, in the order in which it is shown.</summary>
internal sealed class Figures
{
    private readonly List<(string Name, double Value)> _values = [];

    /// <summary>The figures.</summary>
    public IReadOnlyList<(string Name, double Value)> Values => _values;

    /// <summary>The messages, for the scenarios that have any.</summary>
    public TrafficResult? Traffic { get; init; }

    /// <summary>Adds a figure; its name says the unit.</summary>
    public Figures Add(string name, double value)
    {
        _values.Add((name, value));
        return this;
    }

    /// <summary>The median of each figure over several runs.</summary>
    public static Figures Median(IReadOnlyList<Figures> runs)
    {
        Figures median = new();
        for (int i = 0; i < runs[0]._values.Count; i++)
        {
            double[] values = [.. runs.Select(run => run._values[i].Value).Order()];
            double middle = (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
            median.Add(runs[0]._values[i].Name, middle);
        }

        return median;
    }
}
