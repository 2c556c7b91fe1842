using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace AotChat.Configuration;

/// <summary>One place to listen at, from the option <c>host</c>: an IP address, <c>localhost</c>, or <c>unix:PATH</c>.</summary>
internal sealed record ListenAddress
{
    private const string UnixPrefix = "unix:";
    private const string LocalHost = "localhost";

    // sun_path of struct sockaddr_un without its final zero byte, unix(7); 103 on the BSDs.
    private const int MaxUnixPathBytes = 107;

    private ListenAddress(string text, IReadOnlyList<IPAddress> addresses, string? unixPath)
    {
        Text = text;
        Addresses = addresses;
        UnixPath = unixPath;
    }

    /// <summary>How it was written.</summary>
    public string Text { get; }

    /// <summary>What to bind; for <c>localhost</c> both loopback addresses, of which one may be missing on a machine.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; }

    /// <summary>The path of a Unix socket.</summary>
    public string? UnixPath { get; }

    /// <summary>Both loopback addresses.</summary>
    public static ListenAddress Loopback { get; } = new(LocalHost, [IPAddress.Loopback, IPAddress.IPv6Loopback], null);

    /// <summary>Reads a list with at least one place in it.</summary>
    public static bool TryParseList(string text, [NotNullWhen(true)] out IReadOnlyList<ListenAddress>? list)
    {
        list = null;
        List<ListenAddress> places = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part == LocalHost)
            {
                places.Add(Loopback);
            }
            else if (part.StartsWith(UnixPrefix, StringComparison.Ordinal)
                && part.Length > UnixPrefix.Length && Encoding.UTF8.GetByteCount(part) <= MaxUnixPathBytes + UnixPrefix.Length)
            {
                places.Add(new ListenAddress(part, [], part[UnixPrefix.Length..]));
            }
            else if (AddressSet.TryParseAddress(part, out IPAddress? address))
            {
                places.Add(new ListenAddress(part, [address], null));
            }
            else
            {
                return false;
            }
        }

        list = places;
        return places.Count == places.Distinct().Count();
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
