using System.Net;
using System.Net.Sockets;
using AotChat.Configuration;
using AotChat.Loop;
using AotChat.Transport;
using Microsoft.Extensions.Logging;

namespace AotChat.Connections;

/// <summary>All places where the server listens. Owned by the event loop.</summary>
internal sealed class Listeners(EventLoop loop, ISocketFactory sockets, ConnectionGate gate, ILogger logger) : IDisposable
{
    private readonly List<Listener> _listeners = [];

    /// <summary>Where it listens, in the order of the option <c>host</c>.</summary>
    public IEnumerable<EndPoint> EndPoints => _listeners.Select(listener => listener.EndPoint);

    /// <summary>Begins to listen everywhere, or nowhere.</summary>
    /// <param name="options">Where, and how.</param>
    /// <param name="error">What went wrong, for the operator.</param>
    public bool TryOpen(ChatOptions options, out string error)
    {
        // With any free port, the one that IPv4 got may be taken on IPv6; then both try another.
        int attempts = options.Port == 0 ? ChatOptions.FreePortsTried : 1;
        while (true)
        {
            EndPoint? failed = null;
            try
            {
                OpenAll(options, ref failed);
                error = "";
                return true;
            }
            catch (Exception exception) when (exception is SocketException or IOException or UnauthorizedAccessException)
            {
                Dispose();
                _listeners.Clear();
                error = $"cannot listen on {failed}: {exception.Message}";
                if (--attempts == 0 || exception is not SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse })
                {
                    return false;
                }
            }
        }
    }

    /// <summary>Stops listening everywhere.</summary>
    public void Dispose()
    {
        foreach (Listener listener in _listeners)
        {
            listener.Dispose();
        }
    }

    private void OpenAll(ChatOptions options, ref EndPoint? current)
    {
        int port = options.Port;
        foreach (ListenAddress place in options.Hosts)
        {
            if (place.UnixPath is { } path)
            {
                current = new UnixDomainSocketEndPoint(path);
                Open(current, options);
                continue;
            }

            int opened = 0;
            foreach (IPAddress address in place.Addresses)
            {
                current = new IPEndPoint(address, port);
                bool isLastChance = opened == 0 && address == place.Addresses[^1];
                try
                {
                    // Port 0 is any free one, but the same for all addresses.
                    port = ((IPEndPoint)Open(current, options)).Port;
                    opened++;
                }
                catch (SocketException exception) when (!isLastChance && IsMissing(exception.SocketErrorCode))
                {
                    // A machine without IPv6, or without IPv4: localhost is what there is.
                }
            }
        }
    }

    private EndPoint Open(EndPoint endPoint, ChatOptions options)
    {
        Listener listener = new(loop, sockets, endPoint, options, gate.Accept, logger);
        _listeners.Add(listener);
        return listener.EndPoint;
    }

    private static bool IsMissing(SocketError error) =>
        error is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported or SocketError.ProtocolNotSupported;
}
