using System.Diagnostics;
using AotChat.Configuration;
using Microsoft.Extensions.Logging;

namespace AotChat.Store;

/// <summary>
/// Whether the disk takes what is written: the log hears of it when it stops to and when it does again. Written by the thread
/// that writes, read by all.
/// </summary>
internal sealed class DiskHealth(ILogger logger)
{
    private volatile string? _problem;
    private long _since;
    private long _busySince;

    // Whether the log has heard that the disk does not answer.
    private volatile bool _isSilenceTold;

    /// <summary>Why nothing can be written; null where all is well. A disk that has not answered for long is a problem too.</summary>
    public string? Problem => _problem ?? (SilentFor is { } silence && silence > ChatOptions.StoreSlowLimit
        ? $"the disk has not answered for {silence.TotalSeconds:0} s"
        : null);

    /// <summary>How long the write that is under way has taken; null for none.</summary>
    public TimeSpan? SilentFor => Volatile.Read(ref _busySince) is > 0 and var since ? Stopwatch.GetElapsedTime(since) : null;

    /// <summary>A write begins.</summary>
    public void Begin() => BeginAt(Stopwatch.GetTimestamp());

    /// <summary>A write has begun at a time, as a timestamp of the machine; for tests.</summary>
    internal void BeginAt(long timestamp) => Volatile.Write(ref _busySince, timestamp);

    /// <summary>A write has ended, well or not.</summary>
    public void End() => Volatile.Write(ref _busySince, 0);

    /// <summary>Tells the log where the disk has not answered for long; once. The thread that writes can't, since it waits.</summary>
    public void NoteSilence()
    {
        if (_problem is null && !_isSilenceTold && Problem is { } silence)
        {
            _isSilenceTold = true;
            _since = Volatile.Read(ref _busySince);
            StoreLog.Failing(logger, silence);
        }
    }

    /// <summary>Something could not be written.</summary>
    public void Fail(string reason)
    {
        if (_problem is null && !_isSilenceTold)
        {
            _since = Stopwatch.GetTimestamp();
            StoreLog.Failing(logger, reason);
        }

        _problem = reason;
    }

    /// <summary>Something was written.</summary>
    public void Recover()
    {
        if (_problem is not null || _isSilenceTold)
        {
            _problem = null;
            _isSilenceTold = false;
            StoreLog.Recovered(logger, Stopwatch.GetElapsedTime(_since).TotalSeconds);
        }
    }
}
