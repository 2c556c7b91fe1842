using System.Text;
using AotChat.Configuration;
using AotChat.Limits;
using Microsoft.Extensions.Logging;

namespace AotChat.Workers.Pool;

/// <summary>
/// Makes log lines of what a worker writes to standard error: cut to a length, and limited in number, since a job
/// that prints in a loop must not fill a disk. Belongs to one thread.
/// </summary>
/// <param name="workerId">The worker's number, which begins each line.</param>
/// <param name="budget">How many lines there may be, with those of the other workers that share it.</param>
/// <param name="logger">Gets the lines.</param>
internal sealed class WorkerLogLines(int workerId, RateBudget budget, ILogger logger)
{
    private readonly SuppressionGate _gate = new(budget, count => WorkerLog.Suppressed(logger, workerId, count));
    private readonly byte[] _line = new byte[ChatOptions.WorkerLogLineBytes];
    private int _length;
    private bool _isCut;

    /// <summary>Takes what has come.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        for (int end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
        {
            Append(bytes[..end]);
            Finish();
            bytes = bytes[(end + 1)..];
        }

        Append(bytes);
    }

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        Finish();
        _gate.Tell();
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        int count = Math.Min(bytes.Length, _line.Length - _length);
        bytes[..count].CopyTo(_line.AsSpan(_length));
        _length += count;
        _isCut |= count < bytes.Length;
    }

    private void Finish()
    {
        if (_length == 0)
        {
            return;
        }

        if (_gate.TryPass())
        {
            WorkerLog.StandardError(logger, workerId, Encoding.UTF8.GetString(_line, 0, _length) + (_isCut ? "…" : ""));
        }

        _length = 0;
        _isCut = false;
    }
}
