using System.Net;
using System.Net.Sockets;

namespace AotChat.Loop;

/// <summary>
/// Readiness from <see cref="Socket.Select(System.Collections.IList, System.Collections.IList, System.Collections.IList, int)"/>:
/// works wherever .NET does, and looks at every socket at every wake-up.
/// </summary>
internal sealed class SelectPoller : IPoller
{
    private readonly Dictionary<Socket, (LoopToken Token, Readiness Interest)> _watched = [];
    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];
    private readonly List<Socket> _failed = [];
    private readonly Dictionary<LoopToken, Readiness> _ready = [];

    // A datagram to itself is the portable way to wake a thread that waits for sockets.
    private readonly Socket _wake = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public SelectPoller()
    {
        _wake.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _wake.Connect(_wake.LocalEndPoint!);
        _wake.Blocking = false;
    }

    /// <summary>Begins to watch a socket; its events carry the token.</summary>
    public void Add(Socket socket, LoopToken token, Readiness interest) => _watched.Add(socket, (token, interest));

    /// <summary>Changes the token of a watched socket, or what it is waited for.</summary>
    public void Change(Socket socket, LoopToken token, Readiness interest) => _watched[socket] = (token, interest);

    /// <summary>Stops watching a socket; to be called before it is closed.</summary>
    public void Remove(Socket socket) => _watched.Remove(socket);

    public int Wait(Span<PollEvent> events, int timeoutMilliseconds)
    {
        _readable.Clear();
        _writable.Clear();
        _failed.Clear();
        _readable.Add(_wake);
        foreach ((Socket socket, (_, Readiness interest)) in _watched)
        {
            if ((interest & Readiness.Readable) != 0)
            {
                _readable.Add(socket);
            }

            if ((interest & Readiness.Writable) != 0)
            {
                _writable.Add(socket);
            }

            _failed.Add(socket);
        }

        int microseconds = timeoutMilliseconds < 0 ? -1 : (int)Math.Min(timeoutMilliseconds * 1000L, int.MaxValue);
        Socket.Select(_readable, _writable, _failed, microseconds);

        _ready.Clear();
        Mark(_readable, Readiness.Readable);
        Mark(_writable, Readiness.Writable);
        Mark(_failed, Readiness.Readable | Readiness.Writable);

        int count = 0;
        foreach ((LoopToken token, Readiness readiness) in _ready)
        {
            if (count == events.Length)
            {
                break;
            }

            events[count++] = new PollEvent(token, readiness);
        }

        return count;
    }

    public void Wake() => _wake.Send([1], SocketFlags.None, out _);

    public void Dispose() => _wake.Dispose();

    private void Mark(List<Socket> sockets, Readiness readiness)
    {
        foreach (Socket socket in sockets)
        {
            if (socket == _wake)
            {
                ClearWake();
                continue;
            }

            LoopToken token = _watched[socket].Token;
            _ready[token] = _ready.GetValueOrDefault(token) | readiness;
        }
    }

    private void ClearWake()
    {
        Span<byte> datagram = stackalloc byte[1];
        while (_wake.Receive(datagram, SocketFlags.None, out SocketError error) > 0 && error == SocketError.Success)
        {
        }
    }
}
