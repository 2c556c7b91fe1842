using System.Text;

namespace AotChat.Load;

/// <summary>Jobs that one user has the workers do for another: one after the other, and many at once.</summary>
internal sealed class JobTraffic : ILineSink
{
    private const int Outstanding = 64;
    private const long Second = 1_000_000_000;
    private const long AnswerLimit = 10 * Second;

    private int _results;
    private int _acknowledged;

    /// <summary>Measures once, half of the time each way.</summary>
    public static Figures Measure(Func<Target> start, double seconds)
    {
        using Target target = start();
        using Crowd crowd = new();
        crowd.Join(target.Port, 2);
        JobTraffic traffic = new();
        byte[] line = Encoding.ASCII.GetBytes($"fib {crowd.Clients[1].Name} 1\n");

        // The workers are started after the server says that it listens.
        traffic.Ask(crowd, line, 1);
        Histogram times = new();
        for (long end = Clock.Now + (long)(seconds / 2 * Second); Clock.Now < end;)
        {
            long before = Clock.Now;
            traffic.Ask(crowd, line, 1);
            times.Add(Clock.Now - before);
        }

        double rate = traffic.Flood(crowd, line, (long)(seconds / 2 * Second));
        return new Figures()
            .Add("round trip p50 µs", times.Percentile(50) / 1_000.0)
            .Add("round trip p99 µs", times.Percentile(99) / 1_000.0)
            .Add("jobs/s, 64 at once", rate);
    }

    void ILineSink.OnLine(LoadClient client, ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line[MessageFormat.StampLength..];
        if (text.SequenceEqual("fib(1) = 1"u8))
        {
            _results++;
        }
        else if (text.StartsWith("Fib result is delivered to "u8))
        {
            _acknowledged++;
        }
        else
        {
            throw new LoadException("a job ended with: " + Encoding.UTF8.GetString(text));
        }
    }

    // So many are always under way; whatever was answered is asked for again, with one send.
    private double Flood(Crowd crowd, byte[] line, long duration)
    {
        byte[] lines = new byte[line.Length * Outstanding];
        for (int i = 0; i < Outstanding; i++)
        {
            line.CopyTo(lines, i * line.Length);
        }

        _results = 0;
        _acknowledged = 0;
        int asked = 0;
        long begin = Clock.Now;
        long end = begin + duration;
        while (Clock.Now < end)
        {
            int free = Outstanding - (asked - _acknowledged);
            crowd.Clients[0].Send(lines.AsSpan(0, free * line.Length), crowd.Poll);
            asked += free;
            crowd.ReceiveUntil(end, this);
        }

        double rate = _acknowledged / ((double)(Clock.Now - begin) / Second);
        Await(crowd, asked);
        return rate;
    }

    private void Ask(Crowd crowd, byte[] line, int count)
    {
        _results = 0;
        _acknowledged = 0;
        for (int i = 0; i < count; i++)
        {
            crowd.Clients[0].Send(line, crowd.Poll);
        }

        Await(crowd, count);
    }

    private void Await(Crowd crowd, int count)
    {
        for (long deadline = Clock.Now + AnswerLimit; _results < count || _acknowledged < count;)
        {
            crowd.ReceiveUntil(deadline, this);
            if (Clock.Now >= deadline)
            {
                throw new LoadException($"only {_results} of {count} jobs were answered within {AnswerLimit / Second} s");
            }
        }
    }
}
