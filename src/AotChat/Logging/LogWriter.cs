using AotChat.Configuration;

namespace AotChat.Logging;

/// <summary>
/// Writes the log on a thread of its own, the only one that ever does: a disk that is slow or full, or a pipe that nobody
/// reads, holds up the log and nothing else. A sink that fails is tried again after growing pauses; meanwhile lines wait in
/// the queue, and those that find no room there are counted and told.
/// </summary>
internal sealed class LogWriter : IDisposable
{
    // It only writes; the default of 8 MiB would be address space for nothing.
    private const int StackBytes = 128 * 1024;

    private readonly ILogSink _sink;
    private readonly Func<long, string, byte[]> _lineOfLost;
    private readonly TimeSpan _firstPause;
    private readonly Thread _thread;
    private string _lastFault = "the log was not read";

    /// <param name="sink">Where lines go.</param>
    /// <param name="lineOfLost">Makes the line that says how many were lost, and why.</param>
    /// <param name="firstPause">How long to wait after the first failed write.</param>
    /// <exception cref="OutOfMemoryException">The system gives no thread.</exception>
    public LogWriter(ILogSink sink, Func<long, string, byte[]> lineOfLost, TimeSpan firstPause)
    {
        _firstPause = firstPause;
        _sink = sink;
        _lineOfLost = lineOfLost;
        _thread = new Thread(WriteAll, StackBytes) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    /// <summary>The lines that wait.</summary>
    public LogQueue Queue { get; } = new();

    /// <summary>Waits until the last lines are written, for at most <see cref="ChatOptions.LogFarewell"/>.</summary>
    public void Dispose()
    {
        Queue.Close();
        _thread.Join(ChatOptions.LogFarewell);
    }

    private void WriteAll()
    {
        while (Queue.TryTake(out byte[] line, out long lost))
        {
            TellLost(lost);
            WriteSafely(line);
        }

        // Those that were lost behind the last line.
        TellLost(Queue.TakeLost());
    }

    private void TellLost(long lost)
    {
        if (lost == 0)
        {
            return;
        }

        try
        {
            WriteSafely(_lineOfLost(lost, _lastFault));
            _lastFault = "the log was not read";
        }
        catch (Exception)
        {
            // There is no memory to say it now; it is said with the next line.
            Queue.CountLost(lost);
        }
    }

    // Nothing that a sink throws may end this thread, and the process with it.
    private void WriteSafely(byte[] line)
    {
        try
        {
            Write(line);
        }
        catch (Exception)
        {
            Queue.CountLost(1);
        }
    }

    // All of a line, however often it takes: a part of one would be joined with the next.
    private void Write(ReadOnlySpan<byte> line)
    {
        TimeSpan pause = _firstPause;
        while (line.Length > 0)
        {
            int taken = _sink.Write(line, out string? fault);
            line = line[taken..];
            if (fault is null)
            {
                continue;
            }

            _lastFault = fault;
            if (!Queue.Pause(pause))
            {
                // The process ends, and the sink had its chance.
                return;
            }

            pause = pause * 2 > ChatOptions.LogLastPause ? ChatOptions.LogLastPause : pause * 2;
        }
    }
}
