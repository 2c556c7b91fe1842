using System.Text;
using AotChat.Logging;

namespace AotChat.Tests.Logging;

/// <summary>A log that fails, throws or takes nothing when the test wants it.</summary>
internal sealed class ScriptedSink : ILogSink
{
    // Guards all that is below, and tells of changes.
    private readonly object _gate = new();
    private readonly List<byte> _written = [];
    private bool _isHeld;
    private bool _isWriting;

    public int Max { get; set; } = int.MaxValue;

    public int FailuresLeft { get; set; }

    public int ThrowsLeft { get; set; }

    public string[] Lines
    {
        get
        {
            lock (_gate)
            {
                return Encoding.UTF8.GetString([.. _written]).Split('\n')[..^1];
            }
        }
    }

    /// <summary>Writes wait from now on.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _isHeld = true;
        }
    }

    /// <summary>They wait no longer.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _isHeld = false;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until a write waits.</summary>
    public void AwaitHeld()
    {
        lock (_gate)
        {
            while (!_isWriting)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    public void AwaitLines(int count)
    {
        lock (_gate)
        {
            while (_written.Count(letter => letter == '\n') < count)
            {
                Monitor.Wait(_gate);
            }
        }
    }

    public int Write(ReadOnlySpan<byte> bytes, out string? fault)
    {
        lock (_gate)
        {
            if (ThrowsLeft-- > 0)
            {
                throw new InvalidOperationException("a bug");
            }

            _isWriting = true;
            Monitor.PulseAll(_gate);
            while (_isHeld)
            {
                Monitor.Wait(_gate);
            }

            if (FailuresLeft > 0)
            {
                FailuresLeft--;
                fault = "No space left on device";
                return 0;
            }

            fault = null;
            int taken = Math.Min(bytes.Length, Max);
            _written.AddRange(bytes[..taken]);
            Monitor.PulseAll(_gate);
            return taken;
        }
    }
}
