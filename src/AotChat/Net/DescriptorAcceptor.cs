using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace AotChat.Net;

/// <summary>
/// Accepts with one system call a connection. TCP_NODELAY and keepalive are those of the listening socket, from which
/// Linux copies them.
/// </summary>
internal sealed class DescriptorAcceptor(EpollPoller poller) : IAcceptor
{
    private readonly byte[] _address = new byte[SocketCalls.AddressSize];

    public AcceptStatus Accept(Socket listener, out ITransport? transport, out PeerAddress peer, out string error)
    {
        int length = _address.Length;
        int descriptor = SocketCalls.Accept(listener.Handle, _address, ref length, SocketCalls.NonBlockingCloseOnExec);
        if (descriptor >= 0)
        {
            transport = new DescriptorTransport(descriptor, poller);
            peer = PeerOf(_address);
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

    // The family stands in the machine's order in front; port and address in network order at their places behind it.
    private static PeerAddress PeerOf(ReadOnlySpan<byte> address) => MemoryMarshal.Read<ushort>(address) switch
    {
        SocketCalls.InterNetwork => PeerAddress.FromV4(address[4..], BinaryPrimitives.ReadUInt16BigEndian(address[2..])),
        SocketCalls.InterNetworkV6 => PeerAddress.FromV6(address[8..], BinaryPrimitives.ReadUInt16BigEndian(address[2..])),
        _ => PeerAddress.Local,
    };
}
