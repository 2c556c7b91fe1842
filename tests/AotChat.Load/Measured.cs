namespace AotChat.Load;

/// <summary>What came of all runs of a scenario.</summary>
/// <param name="Scenario">Which one.</param>
/// <param name="Server">The medians of the server.</param>
/// <param name="Floor">Those of the floor; null where there is none.</param>
/// <param name="Traffic">The messages of the server's runs.</param>
internal sealed record Measured(Scenario Scenario, Figures Server, Figures? Floor, IReadOnlyList<TrafficResult> Traffic)
{
    /// <summary>Whether each message came to everybody, once, in order.</summary>
    public bool IsClean => Traffic.All(result => result.IsClean);

    /// <summary>The sum of something over all runs.</summary>
    public long Sum(Func<TrafficResult, long> what) => Traffic.Sum(what);
}
