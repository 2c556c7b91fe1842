using AotChat.Loop;
using AotChat.Transport;

namespace AotChat.Tests.Simulation;

/// <summary>A connection in memory. The test is the peer: it sends, reads, stops reading, hangs up or breaks.</summary>
internal sealed class SimulatedTransport(SimulatedPoller poller) : ITransport
{
    private readonly Queue<byte[]> _incoming = [];
    private readonly List<byte> _outgoing = [];
    private Readiness _interest;
    private bool _attached;

    /// <summary>How many bytes the network takes before the peer reads.</summary>
    public int Window { get; set; } = int.MaxValue;

    /// <summary>The most bytes that one receive gives and one send takes.</summary>
    public int Piece { get; set; } = int.MaxValue;

    /// <summary>Whether the peer has ended its output.</summary>
    public bool EndOfInput { get; set; }

    /// <summary>Whether the connection is lost: nothing can be sent, and what has arrived is followed by an error.</summary>
    public bool Broken { get; set; }

    /// <summary>Whether the peer has closed it with output unread: nothing can be sent, and what has arrived is followed by a reset.</summary>
    public bool Reset { get; set; }

    /// <summary>Whether it can't be watched at all, as where memory ends.</summary>
    public bool FailsToAttach { get; set; }

    /// <summary>Whether looking at its input throws.</summary>
    public bool FailsToPeek { get; set; }

    /// <summary>Whether closing it throws, after it is closed.</summary>
    public bool FailsToClose { get; set; }

    /// <summary>Whether the loop hears of nothing at all, not even of a hang-up.</summary>
    public bool IsUnwatched { get; private set; }

    /// <summary>Whether the server has closed it.</summary>
    public bool Closed { get; private set; }

    /// <summary>How many sends the server has made.</summary>
    public int Sends { get; private set; }

    /// <summary>How many bytes the peer has sent that the server has not received yet.</summary>
    public int Waiting => _incoming.Sum(bytes => bytes.Length);

    /// <summary>What has arrived at the peer and was not read yet.</summary>
    public IReadOnlyList<byte> Arrived => _outgoing;

    public LoopToken Token { get; private set; }

    internal Readiness Ready
    {
        get
        {
            if (IsUnwatched)
            {
                return Readiness.None;
            }

            if (Broken || Reset)
            {
                // An error is reported whatever is waited for.
                return Readiness.Readable | Readiness.Writable | Readiness.Broken;
            }

            Readiness ready = Readiness.None;
            if (_incoming.Count > 0 || EndOfInput)
            {
                ready |= Readiness.Readable;
            }

            if (_outgoing.Count < Window)
            {
                ready |= Readiness.Writable;
            }

            return ready & _interest;
        }
    }

    /// <summary>The peer sends bytes, which arrive in one piece.</summary>
    public void Deliver(byte[] bytes) => _incoming.Enqueue(bytes);

    /// <summary>The peer reads what has arrived, or so much of it.</summary>
    public byte[] Read(int max = int.MaxValue)
    {
        int count = Math.Min(max, _outgoing.Count);
        byte[] bytes = [.. _outgoing[..count]];
        _outgoing.RemoveRange(0, count);
        return bytes;
    }

    public void Attach(LoopToken token, Readiness interest)
    {
        if (FailsToAttach)
        {
            throw new IOException("It cannot be watched.");
        }

        Token = token;
        _interest = interest;
        IsUnwatched = false;
        if (!_attached)
        {
            _attached = true;
            poller.Add(this);
        }
        else if (poller.FailsToChange)
        {
            throw new IOException("It cannot be watched.");
        }
    }

    public void Watch(Readiness interest)
    {
        _interest = interest;
        IsUnwatched = false;
    }

    public void Unwatch() => IsUnwatched = true;

    public TransportStatus Receive(Span<byte> buffer, out int count)
    {
        count = 0;
        if (!_incoming.TryPeek(out byte[]? bytes))
        {
            return Broken ? TransportStatus.Broken
                : Reset ? TransportStatus.Reset
                : EndOfInput ? TransportStatus.EndOfInput : TransportStatus.WouldBlock;
        }

        count = Math.Min(Math.Min(bytes.Length, buffer.Length), Piece);
        bytes.AsSpan(0, count).CopyTo(buffer);
        _incoming.Dequeue();
        if (count < bytes.Length)
        {
            byte[][] later = [bytes[count..], .. _incoming];
            _incoming.Clear();
            foreach (byte[] piece in later)
            {
                _incoming.Enqueue(piece);
            }
        }

        return TransportStatus.Done;
    }

    public TransportStatus Peek(Span<byte> buffer, out int count)
    {
        if (FailsToPeek)
        {
            throw new IOException("It cannot be looked at.");
        }

        count = 0;
        foreach (byte[] bytes in _incoming)
        {
            int part = Math.Min(bytes.Length, buffer.Length - count);
            bytes.AsSpan(0, part).CopyTo(buffer[count..]);
            count += part;
        }

        return count > 0 ? TransportStatus.Done : Receive(default, out _);
    }

    public TransportStatus Send(ReadOnlySpan<byte> bytes, out int count)
    {
        count = 0;
        if (Broken || Reset)
        {
            return TransportStatus.Broken;
        }

        count = Math.Min(Math.Min(bytes.Length, Piece), Window - _outgoing.Count);
        if (count <= 0)
        {
            count = 0;
            return TransportStatus.WouldBlock;
        }

        Sends++;
        _outgoing.AddRange(bytes[..count]);
        return TransportStatus.Done;
    }

    public void Close()
    {
        if (_attached)
        {
            _attached = false;
            poller.Remove(this);
        }

        Closed = true;
        if (FailsToClose)
        {
            throw new IOException("It cannot be closed.");
        }
    }
}
