using System.Runtime.InteropServices;
using System.Text;

namespace AotChat.Load;

/// <summary>Many clients of one server, on one thread: connects them, and cuts what they receive into lines.</summary>
internal sealed class Crowd : ILineSink, IDisposable
{
    private const int ReceiveBytes = 256 * 1024;
    private const int MaxCarry = 64 * 1024;

    // Not so many at once that a backlog overflows: a lost handshake costs a second.
    private const int Joining = 64;
    private const int SlowReceiveBuffer = 8_192;
    private const long JoinLimit = 30_000_000_000;

    private readonly byte[] _buffer = new byte[MaxCarry + ReceiveBytes];
    private readonly List<LoadClient> _clients = [];
    private readonly List<int> _slow = [];
    private int _named;

    public EpollSet Poll { get; } = new();

    public IReadOnlyList<LoadClient> Clients => _clients;

    /// <summary>When the bytes were received whose lines are handed on at present.</summary>
    public long ReceivedAt { get; private set; }

    /// <summary>Lets so many join, and reads their welcome lines.</summary>
    public void Join(int port, int count)
    {
        long deadline = Clock.Now + JoinLimit;
        int target = _clients.Count + count;
        while (_named < target)
        {
            while (_clients.Count < target && _clients.Count - _named < Joining)
            {
                LoadClient client = new(Native.Connect(port), _clients.Count);
                _clients.Add(client);
                Poll.Add(client.Socket, client.Number, Native.In);
            }

            ReceiveUntil(Math.Min(deadline, Clock.Now + 1_000_000_000), this);
            if (Clock.Now > deadline)
            {
                throw new LoadException($"only {_named} of {target} clients were welcomed in {JoinLimit / 1_000_000_000} s");
            }
        }
    }

    /// <summary>Lets so many join that never read anything.</summary>
    public void JoinSlow(int port, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _slow.Add(Native.Connect(port, receiveBuffer: SlowReceiveBuffer));
        }
    }

    /// <summary>Waits until then at most, and hands on what has come.</summary>
    public void ReceiveUntil(long deadline, ILineSink sink)
    {
        int ready = Poll.WaitUntil(deadline);
        for (int i = 0; i < ready; i++)
        {
            (int number, uint events) = Poll[i];
            LoadClient client = _clients[number];
            if ((events & Native.Out) != 0 && client.IsBlocked)
            {
                client.Resume(Poll);
            }

            if ((events & ~Native.Out) != 0)
            {
                Receive(client, sink);
            }
        }
    }

    void ILineSink.OnLine(LoadClient client, ReadOnlySpan<byte> line)
    {
        if (client.Name.Length > 0)
        {
            return;
        }

        string text = Encoding.UTF8.GetString(line);
        if (!text.Contains("Welcome! Your username is ", StringComparison.Ordinal))
        {
            throw new LoadException("instead of a welcome the server said: " + text);
        }

        client.Name = text[(text.LastIndexOf(' ') + 1)..];
        _named++;
    }

    public void Dispose()
    {
        foreach (LoadClient client in _clients)
        {
            _ = Native.Close(client.Socket);
        }

        foreach (int socket in _slow)
        {
            _ = Native.Close(socket);
        }

        Poll.Dispose();
    }

    private void Receive(LoadClient client, ILineSink sink)
    {
        client.Carry.CopyTo(_buffer);
        int count = (int)Native.Receive(client.Socket, _buffer.AsSpan(client.CarryCount), ReceiveBytes, 0);
        if (count <= 0)
        {
            if (count < 0 && Marshal.GetLastPInvokeError() == Native.WouldBlock)
            {
                return;
            }

            Native.Check(count, "recv");
            throw new LoadException($"the server has hung up on {client.Name}");
        }

        ReceivedAt = Clock.Now;
        ReadOnlySpan<byte> rest = _buffer.AsSpan(0, client.CarryCount + count);
        for (int end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
        {
            sink.OnLine(client, rest[..end]);
            rest = rest[(end + 1)..];
        }

        if (rest.Length > MaxCarry)
        {
            throw new LoadException("the server sends a line without end");
        }

        client.Keep(rest);
    }
}
