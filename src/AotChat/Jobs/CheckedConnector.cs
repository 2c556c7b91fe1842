using System.Net;
using System.Net.Sockets;
using AotChat.Configuration;

namespace AotChat.Jobs;

/// <summary>Looks a name up once.</summary>
/// <exception cref="SocketException">There is no such name, or nobody who knows.</exception>
internal delegate Task<IPAddress[]> Resolver(string host, CancellationToken cancellationToken);

/// <summary>
/// Connects to where a name leads, after every address that it leads to was checked, and to one of those that were
/// checked: a name that answers otherwise the second time gains nothing, since nobody asks a second time.
/// </summary>
/// <param name="rules">Where it may go.</param>
/// <param name="resolve">Looks names up.</param>
/// <param name="patience">How long an address may take that is not the last; null for <see cref="ChatOptions.FetchConnectLimit"/>.</param>
internal sealed class CheckedConnector(FetchRules rules, Resolver resolve, TimeSpan? patience = null)
{
    /// <summary>What users hear of an address that is not for them, as of one where nobody is: that something is there is not for them either.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The system's resolver.</summary>
    public static Resolver SystemResolver { get; } = Dns.GetHostAddressesAsync;

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="JobException">The host is closed.</exception>
    /// <exception cref="SocketException">It can't be reached.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellationToken)
    {
        // What stands for an address in any spelling was made one when the URL was read: 0x7f.1 is 127.0.0.1.
        IPAddress[] addresses = IPAddress.TryParse(target.Host, out IPAddress? literal) ? [literal] : await resolve(target.Host, cancellationToken);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        // One closed address closes the name: a server that mixes them wants the closed one to be used.
        if (!Array.TrueForAll(addresses, address => rules.Allows(address, target.Port)))
        {
            throw new JobException(Unreachable);
        }

        foreach (IPAddress address in addresses[..^1])
        {
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(patience ?? ChatOptions.FetchConnectLimit);
            try
            {
                return await ConnectAsync(new IPEndPoint(address, target.Port), limit.Token);
            }
            catch (Exception exception) when (exception is SocketException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // The next one may do.
            }
        }

        return await ConnectAsync(new IPEndPoint(addresses[^1], target.Port), cancellationToken);
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint target, CancellationToken cancellationToken)
    {
        Socket socket = new(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
