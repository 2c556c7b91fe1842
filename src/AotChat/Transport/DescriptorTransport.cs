using System.Runtime.InteropServices;
using AotChat.Loop;
using AotChat.Native;

namespace AotChat.Transport;

/// <summary>
/// A peer behind a bare descriptor, watched by epoll: 0.5 KiB less a connection than a <see cref="System.Net.Sockets.Socket"/>,
/// and no handle to count references on at each call. Linux only.
/// </summary>
internal sealed class DescriptorTransport(int descriptor, EpollPoller poller) : ITransport
{
    // How much one read throws away of what has arrived unread at the end.
    private const int DrainBytes = 1024 * 1024;

    private int _descriptor = descriptor;
    private LoopToken _token;
    private bool _isWatched;

    public void Attach(LoopToken token, Readiness interest)
    {
        _token = token;
        Watch(interest);
    }

    public void Watch(Readiness interest)
    {
        if (_isWatched)
        {
            poller.Change(_descriptor, _token, interest);
        }
        else
        {
            poller.Add(_descriptor, _token, interest);
            _isWatched = true;
        }
    }

    public void Unwatch()
    {
        poller.Remove(_descriptor);
        _isWatched = false;
    }

    public TransportStatus Receive(Span<byte> buffer, out int count) => Receive(buffer, 0, out count);

    public TransportStatus Peek(Span<byte> buffer, out int count) => Receive(buffer, SocketCalls.Peek, out count);

    private TransportStatus Receive(Span<byte> buffer, int flags, out int count)
    {
        count = (int)SocketCalls.Receive(_descriptor, buffer, buffer.Length, flags);
        return count == 0 ? TransportStatus.EndOfInput : StatusOf(ref count);
    }

    public TransportStatus Send(ReadOnlySpan<byte> bytes, out int count)
    {
        count = (int)SocketCalls.Send(_descriptor, bytes, bytes.Length, SocketCalls.NoSignal);
        return StatusOf(ref count);
    }

    /// <inheritdoc cref="Hangup.Close"/>
    public void Close()
    {
        if (_descriptor < 0)
        {
            return;
        }

        // Closing also ends the watch: nobody else holds the descriptor.
        _ = SocketCalls.Shutdown(_descriptor, SocketCalls.ShutdownSend);
        for (int i = 0; i < Hangup.MaxDrains; i++)
        {
            if (SocketCalls.Receive(_descriptor, default, DrainBytes, SocketCalls.Discard) <= 0)
            {
                break;
            }
        }

        _ = FileCalls.Close(_descriptor);
        _descriptor = -1;
    }

    private static TransportStatus StatusOf(ref int count)
    {
        if (count > 0)
        {
            return TransportStatus.Done;
        }

        count = 0;
        return Marshal.GetLastPInvokeError() switch
        {
            SocketCalls.WouldBlock or SocketCalls.Interrupted => TransportStatus.WouldBlock,
            SocketCalls.ConnectionReset => TransportStatus.Reset,
            _ => TransportStatus.Broken,
        };
    }
}
