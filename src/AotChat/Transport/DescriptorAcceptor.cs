using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using AotChat.Loop;
using AotChat.Native;

namespace AotChat.Transport;

/// <summary>
/// Listens on a bare descriptor and accepts with one system call a connection. What a connection needs is set on the
/// listening socket, from which Linux copies it. The runtime's own sockets would start a thread and a poller of their own.
/// </summary>
internal sealed class DescriptorAcceptor : IAcceptor
{
    private const uint Root = 0;

    private readonly EpollPoller _poller;
    private readonly byte[] _address = new byte[SocketCalls.AddressSize];
    private int _descriptor;
    private LoopToken _token;
    private UnixSocketFile? _file;

    public DescriptorAcceptor(EpollPoller poller, EndPoint endPoint, int backlog, KeepAlive keepAlive)
    {
        _poller = poller;
        EndPoint = endPoint;
        _descriptor = Check(SocketCalls.Open(FamilyOf(endPoint), SocketCalls.Stream | SocketCalls.NonBlockingCloseOnExec, 0));
        try
        {
            Bind(endPoint, keepAlive);
            Check(SocketCalls.Listen(_descriptor, backlog));
            if (endPoint is IPEndPoint ip)
            {
                EndPoint = new IPEndPoint(ip.Address, BoundPort());
            }
        }
        catch
        {
            RemoveFile();
            Dispose();
            throw;
        }
    }

    public EndPoint EndPoint { get; }

    public void Attach(LoopToken token)
    {
        _token = token;
        _poller.Add(_descriptor, token, Readiness.Readable);
    }

    public void Watch(bool isOpen) => _poller.Change(_descriptor, _token, isOpen ? Readiness.Readable : Readiness.None);

    public AcceptStatus Accept(out ITransport? transport, out PeerAddress peer, out string error)
    {
        int length = _address.Length;
        int descriptor = SocketCalls.Accept(_descriptor, _address, ref length, SocketCalls.NonBlockingCloseOnExec);
        if (descriptor >= 0)
        {
            transport = new DescriptorTransport(descriptor, _poller);
            peer = PeerOf(_address, descriptor);
            error = "";
            return AcceptStatus.Accepted;
        }

        int number = Marshal.GetLastPInvokeError();
        transport = null;
        peer = default;
        error = number == SocketCalls.WouldBlock ? "" : Marshal.GetPInvokeErrorMessage(number);
        return number switch
        {
            SocketCalls.WouldBlock => AcceptStatus.Nobody,
            SocketCalls.ProcessFiles or SocketCalls.SystemFiles or SocketCalls.NoBuffers or SocketCalls.NoMemory => AcceptStatus.Exhausted,
            SocketCalls.BadDescriptor or SocketCalls.Invalid or SocketCalls.NotSocket => AcceptStatus.Dead,

            // Linux passes on network errors of the new connection; accept(2) asks to treat them like somebody gone.
            _ => AcceptStatus.Gone,
        };
    }

    public string? RemoveFile() => _file?.Remove();

    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            // Closing also ends the watch.
            _ = FileCalls.Close(_descriptor);
            _descriptor = -1;
        }
    }

    private void Bind(EndPoint endPoint, KeepAlive keepAlive)
    {
        if (endPoint is UnixDomainSocketEndPoint unix)
        {
            _file = UnixSocketFile.Claim(unix, () => BindTo(endPoint));
            return;
        }

        if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // Each address stands for itself: «0.0.0.0,::» binds both.
            Set(SocketCalls.InternetV6Level, SocketCalls.V6Only, 1);
        }

        // A server that starts again need not wait for the connections of the last one to be forgotten.
        Set(SocketCalls.SocketLevel, SocketCalls.ReuseAddress, 1);

        // Lines are flushed once a turn, so there is nothing to wait for; with Nagle's algorithm p99 is 18 ms worse.
        Set(SocketCalls.TcpLevel, SocketCalls.NoDelay, 1);

        // A telnet client sends the end of an interrupt as urgent data, which would be missing between the others.
        Set(SocketCalls.SocketLevel, SocketCalls.OutOfBandInline, 1);
        if (keepAlive.IsOn)
        {
            Set(SocketCalls.SocketLevel, SocketCalls.KeepAlive, 1);
            Set(SocketCalls.TcpLevel, SocketCalls.KeepAliveIdle, keepAlive.IdleSeconds);
            Set(SocketCalls.TcpLevel, SocketCalls.KeepAliveInterval, keepAlive.IntervalSeconds);
            Set(SocketCalls.TcpLevel, SocketCalls.KeepAliveCount, keepAlive.Probes);
        }

        BindTo(endPoint);
    }

    private void BindTo(EndPoint endPoint)
    {
        SocketAddress address = endPoint.Serialize();
        Check(SocketCalls.Bind(_descriptor, address.Buffer.Span, address.Size));
    }

    private int BoundPort()
    {
        int length = _address.Length;
        Check(SocketCalls.GetName(_descriptor, _address, ref length));
        return PortOf(_address);
    }

    private void Set(int level, int option, int value) =>
        Check(SocketCalls.SetOption(_descriptor, level, option, in value, sizeof(int)));

    private static int Check(int result)
    {
        if (result < 0)
        {
            int number = Marshal.GetLastPInvokeError();
            throw new SocketException((int)ErrorOf(number), Marshal.GetPInvokeErrorMessage(number));
        }

        return result;
    }

    private static SocketError ErrorOf(int number) => number switch
    {
        SocketCalls.AddressInUse => SocketError.AddressAlreadyInUse,
        SocketCalls.AddressNotAvailable => SocketError.AddressNotAvailable,
        SocketCalls.FamilyNotSupported => SocketError.AddressFamilyNotSupported,
        _ => SocketError.SocketError,
    };

    private static int FamilyOf(EndPoint endPoint) => endPoint.AddressFamily switch
    {
        AddressFamily.InterNetwork => SocketCalls.InterNetwork,
        AddressFamily.InterNetworkV6 => SocketCalls.InterNetworkV6,
        _ => SocketCalls.Unix,
    };

    // The family stands in the machine's order in front; port and address in network order at their places behind it.
    private static PeerAddress PeerOf(ReadOnlySpan<byte> address, int descriptor) => MemoryMarshal.Read<ushort>(address) switch
    {
        SocketCalls.InterNetwork => PeerAddress.FromV4(address[4..], PortOf(address)),
        SocketCalls.InterNetworkV6 => PeerAddress.FromV6(address[8..], PortOf(address)),
        _ => LocalPeerOf(descriptor),
    };

    // Asked for each connection: the server may have become another user since it listens.
    private static unsafe PeerAddress LocalPeerOf(int descriptor)
    {
        int length = sizeof(SocketCalls.Credentials);
        return SocketCalls.GetOption(descriptor, SocketCalls.SocketLevel, SocketCalls.PeerCredentials, out SocketCalls.Credentials peer, ref length) < 0
            ? PeerAddress.Local
            : PeerAddress.FromLocalUser(peer.User, isHost: peer.User == Root || peer.User == UserCalls.EffectiveUser());
    }

    private static ushort PortOf(ReadOnlySpan<byte> address) => BinaryPrimitives.ReadUInt16BigEndian(address[2..]);
}
