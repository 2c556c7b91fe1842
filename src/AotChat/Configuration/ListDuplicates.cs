using System.Net;

namespace AotChat.Configuration;

/// <summary>
/// Finds what stands twice in a list of a setting, also where it is written in two ways: the second would be an address
/// in use, or of no effect.
/// </summary>
internal static class ListDuplicates
{
    /// <summary>For <see cref="ChatOptions.Hosts"/>: one address twice, or all addresses and one of them.</summary>
    public static string? OfHosts(string text)
    {
        List<(string Text, IPAddress? Address, string? Path)> seen = [];
        foreach (string part in Parts(text))
        {
            if (!ListenAddress.TryParseList(part, out IReadOnlyList<ListenAddress>? places))
            {
                return null;
            }

            ListenAddress place = places[0];
            string? path = place.UnixPath is { } unix ? Path.GetFullPath(unix) : null;
            foreach ((string other, IPAddress? taken, string? otherPath) in seen)
            {
                if ((path is not null && path == otherPath) || (taken is not null && place.Addresses.Any(mine => Overlap(mine, taken))))
                {
                    return Twice(other, part);
                }
            }

            if (path is not null)
            {
                seen.Add((part, null, path));
            }

            foreach (IPAddress address in place.Addresses)
            {
                seen.Add((part, address, null));
            }
        }

        return null;
    }

    /// <summary>For ranges of addresses.</summary>
    public static string? OfRanges(string text) => Find(text, part => AddressSet.TryParse(part, out AddressSet? set) ? set.ToString() : part);

    /// <summary>For ports and names, which are written in one way but for the case of letters.</summary>
    public static string? OfWords(string text) => Find(text, part => part.ToUpperInvariant());

    /// <summary>For requirements of commands: one command twice.</summary>
    public static string? OfCommands(string text) => Find(text, part => part.Split('=')[0].Trim().ToUpperInvariant());

    private static bool Overlap(IPAddress one, IPAddress other) =>
        one.AddressFamily == other.AddressFamily && (one.Equals(other) || IsAny(one) || IsAny(other));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static string? Find(string text, Func<string, string> keyOf)
    {
        Dictionary<string, string> seen = [];
        foreach (string part in Parts(text))
        {
            if (!seen.TryAdd(keyOf(part), part))
            {
                return Twice(seen[keyOf(part)], part);
            }
        }

        return null;
    }

    private static string[] Parts(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Twice(string one, string other) => one == other
        ? $"'{SafeText.Of(one)}' is in the list twice"
        : $"'{SafeText.Of(one)}' and '{SafeText.Of(other)}' overlap; leave one of them out";
}
