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

        long done = 0;
        long begin = Clock.Now;
        for (long end = begin + (long)(seconds / 2 * Second); Clock.Now < end; done += Outstanding)
        {
            traffic.Ask(crowd, line, Outstanding);
        }

        return new Figures()
            .Add("round trip p50 µs", times.Percentile(50) / 1_000.0)
            .Add("round trip p99 µs", times.Percentile(99) / 1_000.0)
            .Add("jobs/s, 64 at once", done / ((double)(Clock.Now - begin) / Second));
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

    private void Ask(Crowd crowd, byte[] line, int count)
    {
        _results = 0;
        _acknowledged = 0;
        for (int i = 0; i < count; i++)
        {
            crowd.Clients[0].Send(line, crowd.Poll);
        }

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
