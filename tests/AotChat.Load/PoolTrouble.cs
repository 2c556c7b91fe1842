using System.Globalization;
using System.Text.RegularExpressions;

namespace AotChat.Load;

/// <summary>Workers that are killed in the middle of a job, and workers that take all the processor there is.</summary>
internal static partial class PoolTrouble
{
    private const int Kills = 40;
    private const double Millisecond = 1_000_000;
    private const int BurningUsers = 4;

    /// <summary>Kills busy workers with SIGKILL: how long until the job is answered all the same, beyond the time that it takes.</summary>
    public static Figures Kill(Func<Target> start, double seconds)
    {
        _ = seconds;
        using Target target = start();
        using Answers watcher = new(target.Port);
        Histogram histogram = new();
        for (int kill = 0; kill < Kills; kill++)
        {
            // Somebody new each time, and another number: neither users nor calls that crash are let through again.
            using Answers user = new(target.Port);
            string call = string.Create(CultureInfo.InvariantCulture, $"fib {user.Name} {900_000 + (kill * 10)}");
            long own = Time(user, call);
            user.Type(call);
            int worker = int.Parse(BusyWorker().Match(Busy(watcher)).Groups[1].Value, CultureInfo.InvariantCulture);
            long killed = Clock.Now;
            Native.Check(Native.Kill(worker, Native.SignalKill), "kill");
            user.ReadUntil("is delivered");
            histogram.Add(Math.Max(0, user.ReceivedAt - killed - own));
        }

        double[] ready = [.. target.Log.Select(line => ReadyAfter().Match(line)).Where(match => match.Success)
            .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Order()];
        return new Figures()
            .Add("answered again p50 ms", histogram.Percentile(50) / Millisecond)
            .Add("answered again p99 ms", histogram.Percentile(99) / Millisecond)
            .Add("worker ready p50 ms", ready[ready.Length / 2])
            .Add("idle worker MiB", target.WorkerMemory / 1024.0 / 1024.0);
    }

    /// <summary>Paced chat, first while workers have nothing to do, then while all of them compute.</summary>
    public static Figures Burn(Func<Target> start, double seconds)
    {
        TrafficPlan plan = new() { Clients = 100, Senders = 10, Rate = 500 };
        TrafficResult idle = Run(start, plan, seconds, isBurning: false);
        TrafficResult burning = Run(start, plan, seconds, isBurning: true);
        double p99Idle = idle.Latency.Percentile(99) / Millisecond;
        double p99Burning = burning.Latency.Percentile(99) / Millisecond;
        return new Figures { Traffic = burning }
            .Add("p99 ms, workers idle", p99Idle)
            .Add("p99 ms, workers busy", p99Burning)
            .Add("p99 busy/idle", p99Burning / p99Idle);
    }

    private static TrafficResult Run(Func<Target> start, TrafficPlan plan, double seconds, bool isBurning)
    {
        using Target target = start();
        using Traffic traffic = new(plan, target.Port);
        Answers[] users = [.. Enumerable.Range(0, isBurning ? BurningUsers : 0).Select(_ => new Answers(target.Port))];
        foreach (Answers user in users)
        {
            // Each takes more seconds than the run, and there are more of them than workers.
            user.Type($"fib {user.Name} 45 slow");
            user.Type($"fib {user.Name} 44 slow");
        }

        if (isBurning)
        {
            Busy(users[0]);
        }

        // What else they hear is not part of the account, but they must not stand in the way.
        TrafficResult result = traffic.Run(target.ProcessId, 1, seconds);
        Array.ForEach(users, user => user.Dispose());
        return result;
    }

    private static long Time(Answers user, string call)
    {
        long before = Clock.Now;
        user.Ask(call, "is delivered");
        return user.ReceivedAt - before;
    }

    // The line of a worker that runs a job; waits until there is one.
    private static string Busy(Answers watcher)
    {
        while (true)
        {
            watcher.Type("workers");
            watcher.Type("end");
            string? busy = null;
            for (string line = watcher.ReadUntil(""); !line.Contains("Unknown command: end", StringComparison.Ordinal); line = watcher.ReadUntil(""))
            {
                busy = line.Contains("busy with job", StringComparison.Ordinal) ? line : busy;
            }

            if (busy is not null)
            {
                return busy;
            }
        }
    }

    [GeneratedRegex(@"process (\d+)\): busy with job")]
    private static partial Regex BusyWorker();

    [GeneratedRegex(@"is ready after ([0-9.]+) ms")]
    private static partial Regex ReadyAfter();
}
