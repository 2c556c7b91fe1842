using System.Runtime.InteropServices;
using System.Text;

namespace AotChat.Load;

/// <summary>
/// The least that a server of this protocol can do: one thread, <c>broadcast</c> and <c>msg</c>, no checks, no limits,
/// nothing kept tidy. What it costs in the same run is what a server is held against.
/// </summary>
/// <param name="coalesces">Whether a client gets the lines of a wake-up in one send, or each line in a send of its own.</param>
internal sealed class FloorServer(bool coalesces) : IDisposable
{
    private const int FirstName = 1000;
    private const int Listener = -1;
    private const int MaxUnread = 8 * 1024;

    private readonly EpollSet _poll = new();
    private readonly List<Peer> _peers = [];
    private readonly List<Peer> _all = [];
    private readonly List<Peer> _touched = [];
    private readonly byte[] _buffer = new byte[MaxUnread + (64 * 1024)];
    private readonly byte[] _line = new byte[16 * 1024];
    private readonly byte[] _stamp = "[YYYYMMDD HH:MM:SS.ffffff] "u8.ToArray();
    private long _second = -1;

    /// <summary>Serves until the process is killed.</summary>
    public void Run()
    {
        int listener = Native.Listen(0);
        _poll.Add(listener, Listener, Native.In);
        Console.WriteLine($"Listening on 127.0.0.1:{Native.PortOf(listener)}");
        while (true)
        {
            int ready = _poll.WaitUntil(Clock.Now + 1_000_000_000);
            for (int i = 0; i < ready; i++)
            {
                (int number, uint events) = _poll[i];
                if (number == Listener)
                {
                    Accept(listener);
                    continue;
                }

                Peer peer = _peers[number];
                if ((events & Native.Out) != 0)
                {
                    Flush(peer);
                }

                if ((events & ~Native.Out) != 0)
                {
                    Receive(peer);
                }
            }

            foreach (Peer peer in _touched)
            {
                peer.IsTouched = false;
                Flush(peer);
            }

            _touched.Clear();
        }
    }

    public void Dispose() => _poll.Dispose();

    private void Accept(int listener)
    {
        for (int socket; (socket = Native.Accept(listener, 0, 0, Native.NonBlockingCloseOnExec)) >= 0;)
        {
            Peer peer = new() { Socket = socket, Number = _peers.Count, Place = _all.Count, Name = Encoding.ASCII.GetBytes($"u{FirstName + _peers.Count}") };
            _peers.Add(peer);
            _all.Add(peer);
            _poll.Add(socket, peer.Number, Native.In);
            int length = Begin();
            Append("Welcome! Your username is "u8, ref length);
            Append(peer.Name, ref length);
            Write(peer, End(length));
        }
    }

    private void Receive(Peer peer)
    {
        peer.Unread.AsSpan(0, peer.UnreadCount).CopyTo(_buffer);
        int count = (int)Native.Receive(peer.Socket, _buffer.AsSpan(peer.UnreadCount), 64 * 1024, 0);
        if (count <= 0)
        {
            if (count == 0 || Marshal.GetLastPInvokeError() != Native.WouldBlock)
            {
                Drop(peer);
            }

            return;
        }

        ReadOnlySpan<byte> rest = _buffer.AsSpan(0, peer.UnreadCount + count);
        for (int end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
        {
            Handle(peer, rest[..end]);
            rest = rest[(end + 1)..];
        }

        peer.UnreadCount = Math.Min(rest.Length, MaxUnread);
        if (peer.UnreadCount > 0)
        {
            peer.Unread = peer.Unread.Length > 0 ? peer.Unread : new byte[MaxUnread];
            rest[..peer.UnreadCount].CopyTo(peer.Unread);
        }
    }

    private void Handle(Peer peer, ReadOnlySpan<byte> line)
    {
        int length = Begin();
        if (line.StartsWith("broadcast "u8))
        {
            Append(peer.Name, ref length);
            Append(" "u8, ref length);
            Append(line[10..], ref length);
            ReadOnlySpan<byte> whole = End(length);
            foreach (Peer other in CollectionsMarshal.AsSpan(_all))
            {
                if (other != peer)
                {
                    Write(other, whole);
                }
            }
        }
        else if (line.StartsWith("msg u"u8))
        {
            int space = line[5..].IndexOf((byte)' ');
            int number = int.Parse(line[5..(5 + space)], null) - FirstName;
            Append(peer.Name, ref length);
            Append(" "u8, ref length);
            Append(line[(6 + space)..], ref length);
            Write(_peers[number], End(length));
            length = MessageFormat.StampLength;
            Append("Message is delivered to "u8, ref length);
            Append(_peers[number].Name, ref length);
            Write(peer, End(length));
        }
    }

    private int Begin()
    {
        long ticks = DateTime.UtcNow.Ticks;
        if (ticks / TimeSpan.TicksPerSecond != _second)
        {
            _second = ticks / TimeSpan.TicksPerSecond;
            Encoding.ASCII.GetBytes($"[{DateTime.Now:yyyyMMdd HH:mm:ss}.", _stamp);
        }

        _stamp.CopyTo(_line, 0);
        for (int i = 24, left = (int)(ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond); i > 18; i--, left /= 10)
        {
            _line[i] = (byte)('0' + (left % 10));
        }

        return MessageFormat.StampLength;
    }

    private void Append(ReadOnlySpan<byte> bytes, ref int length)
    {
        bytes.CopyTo(_line.AsSpan(length));
        length += bytes.Length;
    }

    private ReadOnlySpan<byte> End(int length)
    {
        _line[length] = (byte)'\n';
        return _line.AsSpan(0, length + 1);
    }

    private void Write(Peer peer, ReadOnlySpan<byte> bytes)
    {
        if (!coalesces && peer.OutEnd == 0)
        {
            int sent = (int)Native.Send(peer.Socket, bytes, bytes.Length, Native.NoSignal);
            bytes = bytes[Math.Max(0, sent)..];
            if (bytes.IsEmpty)
            {
                return;
            }
        }

        if (peer.OutEnd + bytes.Length > peer.Out.Length)
        {
            Array.Resize(ref peer.Out, ((peer.OutEnd + bytes.Length) * 2) + 256);
        }

        bytes.CopyTo(peer.Out.AsSpan(peer.OutEnd));
        peer.OutEnd += bytes.Length;
        if (!coalesces)
        {
            Watch(peer, true);
        }
        else if (!peer.IsTouched && !peer.IsWatched)
        {
            peer.IsTouched = true;
            _touched.Add(peer);
        }
    }

    private void Flush(Peer peer)
    {
        while (peer.OutStart < peer.OutEnd)
        {
            int sent = (int)Native.Send(peer.Socket, peer.Out.AsSpan(peer.OutStart), peer.OutEnd - peer.OutStart, Native.NoSignal);
            if (sent < 0)
            {
                if (Marshal.GetLastPInvokeError() == Native.WouldBlock)
                {
                    Watch(peer, true);
                    return;
                }

                break;
            }

            peer.OutStart += sent;
        }

        peer.OutStart = peer.OutEnd = 0;
        Watch(peer, false);
    }

    private void Watch(Peer peer, bool isOn)
    {
        if (peer.IsWatched != isOn && !peer.IsClosed)
        {
            peer.IsWatched = isOn;
            _poll.Change(peer.Socket, peer.Number, isOn ? Native.In | Native.Out : Native.In);
        }
    }

    private void Drop(Peer peer)
    {
        peer.IsClosed = true;
        _ = Native.Close(peer.Socket);
        _all[peer.Place] = _all[^1];
        _all[peer.Place].Place = peer.Place;
        _all.RemoveAt(_all.Count - 1);
    }

    private sealed class Peer
    {
        public required int Socket;
        public required int Number;
        public required int Place;
        public required byte[] Name;
        public byte[] Out = [];
        public int OutStart;
        public int OutEnd;
        public byte[] Unread = [];
        public int UnreadCount;
        public bool IsTouched;
        public bool IsWatched;
        public bool IsClosed;
    }
}
