using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using AotChat.Configuration;
using Microsoft.Security.AntiSSRF;

namespace AotChat.Jobs;

/// <summary>
/// Where a fetch may go: to the public internet alone, since the user who asks does not pay. Everything that an address
/// could stand for inside, this machine and its own addresses included, is closed unless the operator opens it.
/// </summary>
internal sealed class FetchRules
{
    // The well-kept list of special-purpose addresses (IANA's registries, and cloud metadata).
    private static readonly IPNetwork[] Closed = Array.ConvertAll([.. IPAddressRanges.recommendedLatest], (string range) => IPNetwork.Parse(range));

    // What the list lacks: of IPv6 this part alone is for public hosts (RFC 4291 2.4). Beside it lie IPv4-compatible and
    // IPv4-translated addresses, ::a.b.c.d and ::ffff:0:a.b.c.d, and what was never given to anybody.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private readonly AddressSet _allowed;
    private readonly int[] _ports;

    // Asked for once: a name may have thousands of addresses.
    private readonly Lazy<IPNetwork[]> _ownNetworks;

    /// <param name="allowed">What is open all the same, with any port: the option <c>url-allow</c>.</param>
    /// <param name="ports">The ports that are open elsewhere: the option <c>url-ports</c>.</param>
    /// <param name="ownNetworks">The addresses of this machine, each with the neighbours that it reaches without a router.</param>
    public FetchRules(AddressSet allowed, int[] ports, Func<IPNetwork[]>? ownNetworks = null)
    {
        _allowed = allowed;
        _ports = ports;
        _ownNetworks = new Lazy<IPNetwork[]>(ownNetworks ?? OwnNetworks);
    }

    /// <summary>Reads the two options as the server hands them over.</summary>
    /// <exception cref="JobException">They are none; the server has checked them.</exception>
    public static FetchRules Parse(string allowed, string ports) =>
        AddressSet.TryParse(allowed, out AddressSet? set) && PortList.TryParse(ports, out int[]? list)
            ? new FetchRules(set, list)
            : throw new JobException("the rules cannot be read");

    /// <summary>Whether a connection may go there.</summary>
    public bool Allows(IPAddress address, int port)
    {
        // ::ffff:a.b.c.d reaches a.b.c.d, and fe80::1%eth0 is fe80::1.
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
        return _allowed.Contains(plain)
            || (_ports.Contains(port) && IsPublic(plain) && !Array.Exists(_ownNetworks.Value, network => network.Contains(plain)));
    }

    private static bool IsPublic(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address))
        && !Array.Exists(Closed, range => range.Contains(address));

    // Neighbours with public addresses, as IPv6 gives to everybody, stand behind the same firewall as this machine.
    private static IPNetwork[] OwnNetworks()
    {
        UnicastIPAddressInformation[] own = [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(card => card.GetIPProperties().UnicastAddresses)];
        return Array.ConvertAll(own, address => NetworkOf(address.Address, address.PrefixLength));
    }

    /// <summary>The network that an address of this machine is in.</summary>
    /// <param name="address">The address.</param>
    /// <param name="prefix">How many bits its network mask has, as the system says.</param>
    internal static IPNetwork NetworkOf(IPAddress address, int prefix)
    {
        byte[] bytes = address.GetAddressBytes();
        int bits = bytes.Length * 8;

        // What claims to be next to half of the internet is not; it stands for itself.
        return new IPNetwork(new IPAddress(bytes), prefix < bits / 4 ? bits : Math.Min(prefix, bits));
    }
}
