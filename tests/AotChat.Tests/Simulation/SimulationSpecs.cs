using System.Globalization;

namespace AotChat.Tests.Simulation;

/// <summary>
/// The whole server through thousands of random lives: nothing is lost, doubled or out of order that was not announced
/// as missed, memory stays within bounds, and nobody is left behind.
/// </summary>
/// <remarks>A life that fails is printed as its seed; <c>AOTCHAT_SEED=12345 dotnet test --filter Simulation</c> lives it again.</remarks>
public sealed class SimulationSpecs
{
    private const int LivesEach = 250;

    /// <summary>The seeds, in batches; only the one that was asked for, where one was.</summary>
    public static TheoryData<int[]> Batches => int.TryParse(Environment.GetEnvironmentVariable("AOTCHAT_SEED"), CultureInfo.InvariantCulture, out int seed)
        ? [[seed]]
        : [.. Enumerable.Range(0, 12 * LivesEach).Chunk(LivesEach)];

    [Theory]
    [MemberData(nameof(Batches))]
    public void Every_user_hears_what_was_said_or_how_much_was_missed(int[] seeds) =>
        Array.ForEach(seeds, seed => Live(seed, Schedule.Run));

    [Theory]
    [MemberData(nameof(Batches))]
    public void Every_user_hears_the_history_and_rooms_and_names_agree(int[] seeds) =>
        Array.ForEach(seeds, seed => Live(seed, RoomSchedule.Run));

    [Theory]
    [MemberData(nameof(Batches))]
    public void Readers_of_every_look_see_the_same_events_in_the_same_order(int[] seeds) =>
        Array.ForEach(seeds, seed => Live(seed, LookSchedule.Run));

    [Fact]
    public void A_seed_always_gives_the_same_simulation()
    {
        Assert.Equal(Schedule.Run(1), Schedule.Run(1));
        Assert.Equal(RoomSchedule.Run(1), RoomSchedule.Run(1));
        Assert.Equal(LookSchedule.Run(1), LookSchedule.Run(1));
    }

    private static void Live(int seed, Func<int, string> run)
    {
        try
        {
            run(seed);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"The life of seed {seed} went wrong: {exception.Message}", exception);
        }
    }
}
