using System.Diagnostics;

namespace AotChat.Load;

/// <summary>Everything that is measured.</summary>
internal static class Scenarios
{
    private const double WarmUpSeconds = 1;
    private const int Starts = 20;
    private const double Microsecond = 1_000;
    private const double Millisecond = 1_000_000;
    private const double Kibibyte = 1_024;

    // One machine plays everybody, so that limits by speed would be in the way; limits by address do not hold for it.
    private static readonly string[] Usual = ["--flood-rate", "0", "--workers", "1", "--max-connections", "15000"];

    /// <summary>In the order in which they are run.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("startup", "start", ["--workers", "4"], FloorKind.None, static (start, _) => Startup(start)),
        new("paced", "paced fan-out: 100 clients, 500 messages/s", Usual, FloorKind.EachLine,
            static (start, seconds) => Talk(start, new TrafficPlan { Clients = 100, Senders = 10, Rate = 500 }, seconds)),
        new("saturated", "saturated fan-out: 1,000 clients, 4 senders, 16 outstanding", Usual, FloorKind.Coalescing,
            static (start, seconds) => Talk(start, new TrafficPlan { Clients = 1_000, Senders = 4 }, seconds)),
        new("direct", "direct messages: 100 clients, 5,000/s", Usual, FloorKind.EachLine,
            static (start, seconds) => Talk(start, new TrafficPlan { Clients = 100, Senders = 100, Rate = 5_000, IsDirect = true }, seconds)),
        new("room", "saturated room fan-out: 1,000 members, 4 senders, 16 outstanding", Usual, FloorKind.None, Room),
        new("kept", "the same, kept on disk", [.. Usual, "--data", DataFolder.Path], FloorKind.None, Room),
        new("join", "joining a room of 1,000 with 20 lines of history", Usual, FloorKind.None, static (start, _) => RoomLife.Join(start)),
        new("search", "keeping 1,000,000 lines on disk, then searching them", [.. Usual, "--data", DataFolder.Path], FloorKind.None, static (start, _) => RoomLife.Search(start)),
        new("who", "w among 10,000 users", Usual, FloorKind.None, static (start, _) => RoomLife.Who(start)),
        new("stuck", "fan-out to 200, 100 messages/s of 4,000 bytes, without and with 10 that never read", Usual, FloorKind.None, Stuck),
        new("idle-1000", "1,000 idle connections", Usual, FloorKind.None, static (start, seconds) => Idle(start, 1_000, seconds)),
        new("idle-10000", "10,000 idle connections", Usual, FloorKind.None, static (start, seconds) => Idle(start, 10_000, seconds)),
        new("churn", "connect, read the welcome, close; 64 at once", Usual, FloorKind.None, static (start, seconds) => Churn.Run(start, seconds)),
        new("jobs", "jobs: fib NAME 1", ["--flood-rate", "0", "--workers", "4", "--job-queue", "1000", "--job-user-queue", "64", "--job-user-running", "64"], FloorKind.None, JobTraffic.Measure),
        new("killed", "workers killed with SIGKILL in the middle of fib NAME 900000",
            ["--flood-rate", "0", "--workers", "4", "--log-level", "debug"], FloorKind.None, PoolTrouble.Kill),
        new("burning", "paced fan-out: 100 clients, 500 messages/s, beside 4 workers",
            ["--flood-rate", "0", "--workers", "4"], FloorKind.None, PoolTrouble.Burn),
    ];

    private static Figures Talk(Func<Target> start, TrafficPlan plan, double seconds)
    {
        TrafficResult result = Measure(start, plan, seconds);
        return Latencies(new Figures { Traffic = result }, result.Latency)
            .Add("deliveries/s", result.Rate)
            .Add("CPU µs/delivery", result.Cpu / Microsecond);
    }

    private static Figures Room(Func<Target> start, double seconds)
    {
        TrafficPlan plan = new() { Clients = 1_000, Senders = 4 };
        TrafficResult broadcast = Measure(start, plan, seconds);
        TrafficResult room = Measure(start, plan with { IsInRoom = true }, seconds);
        return Latencies(new Figures { Traffic = room }, room.Latency)
            .Add("deliveries/s by broadcast", broadcast.Rate)
            .Add("deliveries/s in a room", room.Rate)
            .Add("CPU µs/delivery by broadcast", broadcast.Cpu / Microsecond)
            .Add("CPU µs/delivery in a room", room.Cpu / Microsecond)
            .Add("CPU room/broadcast", room.Cpu / broadcast.Cpu);
    }

    private static Figures Stuck(Func<Target> start, double seconds)
    {
        // So long that those who do not read are over the soft limit before the measured time begins.
        TrafficPlan plan = new() { Clients = 200, Senders = 10, Rate = 100, Bytes = 4_000 };
        TrafficResult without = Measure(start, plan, seconds);

        using Target target = start();
        using Traffic traffic = new(plan with { Slow = 10 }, target.Port);
        TrafficResult with = traffic.Run(target.ProcessId, WarmUpSeconds, seconds);
        ServerStatistics statistics = ServerStatistics.Of(target);
        double p99Without = without.Latency.Percentile(99) / Millisecond;
        double p99With = with.Latency.Percentile(99) / Millisecond;
        return new Figures { Traffic = with }
            .Add("p99 ms without", p99Without)
            .Add("p99 ms with", p99With)
            .Add("p99 with/without", p99With / p99Without)
            .Add("lines missed by each of the ten", statistics.Before("missed") / 10.0)
            .Add("KiB held for each of the ten", statistics.Before("held for slow readers") / Kibibyte / 10);
    }

    private static TrafficResult Measure(Func<Target> start, TrafficPlan plan, double seconds)
    {
        using Target target = start();
        using Traffic traffic = new(plan, target.Port);
        return traffic.Run(target.ProcessId, WarmUpSeconds, seconds);
    }

    private static Figures Idle(Func<Target> start, int count, double seconds)
    {
        using Target target = start();
        using Crowd crowd = new();
        Thread.Sleep(TimeSpan.FromSeconds(WarmUpSeconds / 2));
        long before = target.Memory;
        crowd.Join(target.Port, count);
        Thread.Sleep(TimeSpan.FromSeconds(WarmUpSeconds));
        long memory = target.Memory - before;
        long cpu = Clock.ProcessCpu(target.ProcessId);
        Stopwatch watch = Stopwatch.StartNew();
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        double busy = (Clock.ProcessCpu(target.ProcessId) - cpu) / (watch.Elapsed.TotalMilliseconds * Millisecond);
        return new Figures().Add("KiB a connection", memory / Kibibyte / count).Add("CPU % while idle", busy * 100);
    }

    private static Figures Startup(Func<Target> start)
    {
        List<double> times = [];
        List<double> memory = [];
        List<double> anonymous = [];
        for (int i = 0; i < Starts; i++)
        {
            long before = Clock.Now;
            using Target target = start();
            using Crowd crowd = new();
            crowd.Join(target.Port, 1);
            times.Add((Clock.Now - before) / Millisecond);
            Thread.Sleep(200);
            memory.Add(target.Memory / Kibibyte / Kibibyte);
            anonymous.Add(target.PrivateMemory / Kibibyte / Kibibyte);
        }

        times.Sort();
        memory.Sort();
        anonymous.Sort();
        return new Figures()
            .Add("ms to the first welcome", times[Starts / 2])
            .Add("MiB of memory", memory[Starts / 2])
            .Add("MiB of it private", anonymous[Starts / 2]);
    }

    private static Figures Latencies(Figures figures, Histogram latency) => figures
        .Add("p50 ms", latency.Percentile(50) / Millisecond)
        .Add("p99 ms", latency.Percentile(99) / Millisecond)
        .Add("p99.9 ms", latency.Percentile(99.9) / Millisecond)
        .Add("max ms", latency.Max / Millisecond);
}
