using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace AotChat.Configuration;

/// <summary>Ranges of IP addresses, as one writes them: <c>10.0.0.0/8,2001:db8::/32,192.0.2.7</c>.</summary>
internal sealed class AddressSet
{
    /// <summary>No address at all.</summary>
    public static readonly AddressSet Empty = new([]);

    private const string None = "none";

    private readonly IPNetwork[] _ranges;

    private AddressSet(IPNetwork[] ranges) => _ranges = ranges;

    /// <summary>Whether it holds nothing.</summary>
    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>Reads a list; an address without a prefix length stands for itself, <c>none</c> for nothing.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AddressSet? set)
    {
        set = text == None ? Empty : null;
        if (set is not null)
        {
            return true;
        }

        List<IPNetwork> ranges = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            int slash = part.IndexOf('/', StringComparison.Ordinal);
            if (part.Contains('%', StringComparison.Ordinal) || !TryParseAddress(slash < 0 ? part : part[..slash], out IPAddress? address))
            {
                return false;
            }

            if (slash >= 0 && IPNetwork.TryParse(part, out IPNetwork range))
            {
                ranges.Add(range);
            }
            else if (slash < 0)
            {
                ranges.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                return false;
            }
        }

        set = new AddressSet([.. ranges]);
        return true;
    }

    /// <summary>
    /// Reads one address in the one spelling that nobody reads otherwise: «0», «127.1», «0x7f.1» and «010.0.0.1» are typos.
    /// An IPv6 address has no brackets.
    /// </summary>
    public static bool TryParseAddress(string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address)
        && (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? address.ToString() == text : !text.StartsWith('['));

    /// <summary>Whether an address lies in one of the ranges.</summary>
    public bool Contains(IPAddress address)
    {
        foreach (IPNetwork range in _ranges)
        {
            if (range.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => IsEmpty ? None : string.Join(',', _ranges);
}
