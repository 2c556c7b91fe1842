using System.Diagnostics.CodeAnalysis;
using System.Text;
using AotChat.Configuration;

namespace AotChat.Chat;

/// <summary>The time zones that readers ask for by name: a name always has the same answer. Owned by the event loop.</summary>
/// <remarks>
/// The runtime never forgets a zone that it has read: 17 KiB each, 21 MiB for all names. From time to time
/// it is told to forget them; a zone that somebody uses lives on in their <see cref="ReaderPreferences"/>.
/// </remarks>
/// <param name="directory">Knows the names.</param>
/// <param name="read">Reads a zone by the name of its file; null where that can't be read.</param>
internal sealed class TimeZones(ZoneDirectory directory, Func<string, TimeZoneInfo?> read)
{
    // America/Argentina/ComodRivadavia, the longest, has 32.
    private const int LongestName = 64;

    private readonly Dictionary<string, TimeZoneInfo> _zones = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The zones of a folder, which is the one that the runtime reads.</summary>
    public TimeZones(string path)
        : this(new ZoneDirectory(path), ReadByRuntime)
    {
    }

    /// <summary>Whether this machine knows any zone but UTC.</summary>
    public bool HasData => directory.HasZones;

    /// <summary>How many zones are remembered.</summary>
    public int Count => _zones.Count;

    /// <summary>Finds a zone by its name without regard to case; its id is the name as it is spelled properly.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
        zone = null;
        if (Ascii.EqualsIgnoreCase(name, "utc"u8))
        {
            zone = TimeZoneInfo.Utc;
        }
        else if (name.Length <= LongestName)
        {
            string text = Encoding.ASCII.GetString(name);
            if (!_zones.TryGetValue(text, out zone) && directory.Find(text) is { } id && read(id) is { } found)
            {
                Remember(id, found);
                zone = found;
            }
        }

        return zone is not null;
    }

    private void Remember(string id, TimeZoneInfo zone)
    {
        if (_zones.Count >= ChatOptions.ZonesRemembered)
        {
            _zones.Clear();
            TimeZoneInfo.ClearCachedData();
        }

        _zones.Add(id, zone);
    }

    private static TimeZoneInfo? ReadByRuntime(string id)
    {
        try
        {
            return TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone) ? zone : null;
        }
        catch (IndexOutOfRangeException)
        {
            // The file was cut off: the runtime reads past its end.
            return null;
        }
    }
}
