using System.Text;

namespace AotChat.Load;

/// <summary>Runs a plan against a server: one thread, which sends on schedule, receives everything and keeps the ledger.</summary>
internal sealed class Traffic : ILineSink, IDisposable
{
    private const long Second = 1_000_000_000;
    private const long DrainLimit = 2 * Second;
    private const long EnterLimit = 30 * Second;

    private readonly TrafficPlan _plan;
    private readonly Crowd _crowd = new();
    private readonly Ledger _ledger;
    private readonly Histogram _latency = new();
    private readonly byte[][] _lines;
    private readonly int[] _next;
    private readonly int[] _freed;
    private long _entering;
    private long _sent;
    private long _measureFrom = long.MaxValue;

    public Traffic(TrafficPlan plan, int port)
    {
        _plan = plan;
        _ledger = new Ledger(plan.Clients, plan.Senders);
        _next = new int[plan.Senders];
        _freed = new int[plan.Senders];
        _crowd.JoinSlow(port, plan.Slow);
        _crowd.Join(port, plan.Clients);
        if (plan.IsInRoom)
        {
            EnterRoom();
        }

        _lines = [.. Enumerable.Range(0, plan.Senders).Select(LineOf)];
    }

    /// <summary>Speaks for so long, and then waits for what is still under way.</summary>
    public TrafficResult Run(int processId, double warmUpSeconds, double seconds)
    {
        long start = Clock.Now;
        SendUntil(start + (long)(warmUpSeconds * Second), start);
        _measureFrom = Clock.Now;
        long received = _ledger.Received;
        long cpu = Clock.ProcessCpu(processId);
        long end = _measureFrom + (long)(seconds * Second);
        SendUntil(end, _measureFrom);
        long receivedInTime = _ledger.Received;
        double took = (double)(Clock.Now - _measureFrom) / Second;
        Drain();
        return new TrafficResult
        {
            Sent = _sent,
            Expected = _sent * _plan.Hearers,
            Received = _ledger.Received,
            Duplicated = _ledger.Duplicated,
            Misordered = _ledger.Misordered,
            Corrupt = _ledger.Corrupt,
            Rate = (receivedInTime - received) / took,
            Cpu = (double)(Clock.ProcessCpu(processId) - cpu) / Math.Max(1, _ledger.Received - received),
            Latency = _latency,
        };
    }

    void ILineSink.OnLine(LoadClient client, ReadOnlySpan<byte> line)
    {
        if (_entering > 0)
        {
            _entering--;
            return;
        }

        int at = line.Length - _plan.Bytes;
        if (at > MessageFormat.StampLength && MessageFormat.TryRead(line[at..], out int sender, out int number, out long time))
        {
            _ledger.Note(client.Number, sender, number);
            if (time >= _measureFrom)
            {
                _latency.Add(_crowd.ReceivedAt - time);
            }

            if (_plan.Rate == 0 && client.Number == _plan.Clients - 1)
            {
                _freed[sender]++;
            }
        }
        else if (!(_plan.IsDirect && line[Math.Min(line.Length, MessageFormat.StampLength)..].StartsWith("Message is delivered to "u8)))
        {
            _ledger.Corrupt++;
        }
    }

    public void Dispose() => _crowd.Dispose();

    // Each hears of itself and of all who come later.
    private void EnterRoom()
    {
        _entering = _plan.Clients + (_plan.Clients * (_plan.Clients - 1L) / 2);
        foreach (LoadClient client in _crowd.Clients)
        {
            client.Send("join bench\n"u8, _crowd.Poll);
            _crowd.ReceiveUntil(Clock.Now, this);
        }

        for (long deadline = Clock.Now + EnterLimit; _entering > 0;)
        {
            _crowd.ReceiveUntil(deadline, this);
            if (Clock.Now >= deadline)
            {
                throw new LoadException($"{_entering} lines about who has joined did not come");
            }
        }
    }

    private byte[] LineOf(int sender)
    {
        string command = _plan.IsDirect ? $"msg {_crowd.Clients[(sender + 1) % _plan.Clients].Name} " : _plan.IsInRoom ? "" : "broadcast ";
        return Encoding.ASCII.GetBytes(command + new string(' ', _plan.Bytes) + "\n");
    }

    private void SendUntil(long end, long start)
    {
        if (_plan.Rate == 0)
        {
            SendAsFastAsItGoes(end);
            return;
        }

        long interval = Second / _plan.Rate;
        for (long due = start + interval; due < end;)
        {
            _crowd.ReceiveUntil(due, this);
            for (long now = Clock.Now; due <= now && due < end; due += interval)
            {
                Send((int)(_sent % _plan.Senders), due);
            }
        }
    }

    private void SendAsFastAsItGoes(long end)
    {
        if (_sent == 0)
        {
            Array.Fill(_freed, _plan.Window);
        }

        while (Clock.Now < end)
        {
            for (int sender = 0; sender < _freed.Length; sender++)
            {
                for (; _freed[sender] > 0; _freed[sender]--)
                {
                    Send(sender, Clock.Now);
                }
            }

            _crowd.ReceiveUntil(end, this);
        }
    }

    private void Send(int sender, long time)
    {
        byte[] line = _lines[sender];
        MessageFormat.Write(line.AsSpan(line.Length - 1 - _plan.Bytes, _plan.Bytes), sender, _next[sender]++, time);
        _crowd.Clients[sender].Send(line, _crowd.Poll);
        _sent++;
    }

    private void Drain()
    {
        long expected = _sent * _plan.Hearers;
        long last = _ledger.Received;
        for (long deadline = Clock.Now + DrainLimit; _ledger.Received < expected && Clock.Now < deadline;)
        {
            _crowd.ReceiveUntil(deadline, this);
            if (_ledger.Received > last)
            {
                last = _ledger.Received;
                deadline = Clock.Now + DrainLimit;
            }
        }
    }
}
