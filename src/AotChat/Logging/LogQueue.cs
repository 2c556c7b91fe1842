using AotChat.Configuration;

namespace AotChat.Logging;

/// <summary>
/// Lines on their way to the log: bounded in number and bytes, so that a log that nobody reads costs memory no further and
/// never holds up who logs. What finds no room is counted. Any thread.
/// </summary>
internal sealed class LogQueue
{
    // Guards everything below, and wakes the writer.
    private readonly object _gate = new();
    private readonly Queue<byte[]> _lines = new(capacity: 64);
    private int _bytes;
    private long _lost;
    private bool _isClosed;

    /// <summary>Adds a line with its end; one that finds no room is counted.</summary>
    public void Add(byte[] line)
    {
        lock (_gate)
        {
            if (_isClosed || _lines.Count == ChatOptions.LogQueueLines || _bytes + line.Length > ChatOptions.LogQueueBytes)
            {
                _lost++;
                return;
            }

            _lines.Enqueue(line);
            _bytes += line.Length;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Counts lines that could not even be made, or written.</summary>
    public void CountLost(long count = 1)
    {
        lock (_gate)
        {
            _lost += count;
        }
    }

    /// <summary>How many lines were lost and not told yet; they count as told from now on.</summary>
    public long TakeLost()
    {
        lock (_gate)
        {
            (long lost, _lost) = (_lost, 0);
            return lost;
        }
    }

    /// <summary>Waits for a line and takes it; false when the queue is closed and empty.</summary>
    /// <param name="line">The line.</param>
    /// <param name="lost">How many lines were lost before this one, and not told yet.</param>
    public bool TryTake(out byte[] line, out long lost)
    {
        lock (_gate)
        {
            while (_lines.Count == 0 && !_isClosed)
            {
                Monitor.Wait(_gate);
            }

            lost = 0;
            if (!_lines.TryDequeue(out byte[]? next))
            {
                line = [];
                return false;
            }

            (lost, _lost) = (_lost, 0);

            line = next;
            _bytes -= line.Length;
            return true;
        }
    }

    /// <summary>Lets some time pass; shorter when the queue is closed meanwhile. Returns false where it is.</summary>
    public bool Pause(TimeSpan time)
    {
        lock (_gate)
        {
            long end = Environment.TickCount64 + (long)time.TotalMilliseconds;
            while (!_isClosed && end - Environment.TickCount64 is > 0 and long left)
            {
                Monitor.Wait(_gate, TimeSpan.FromMilliseconds(left));
            }

            return !_isClosed;
        }
    }

    /// <summary>Takes no more lines; those that wait are still written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
