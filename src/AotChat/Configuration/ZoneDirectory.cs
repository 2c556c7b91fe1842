using System.Buffers;
using System.IO.Enumeration;

namespace AotChat.Configuration;

/// <summary>The folder of this machine's time zones, in which names are found without regard to case. Owned by one thread.</summary>
/// <remarks>
/// The runtime looks zones up by file name, so that case matters, but remembers what it has found without case: whether
/// it knows <c>europe/vienna</c> depends on what was asked for before. Here a name has one spelling, that of its file,
/// and the runtime is asked for that one only. Each folder is read once, when a name in it is first looked for (150 µs
/// for the largest); zone files are not.
/// </remarks>
/// <param name="path">The folder; empty where there is none.</param>
internal sealed class ZoneDirectory(string path)
{
    // America/Argentina/Buenos_Aires is as deep as any.
    private const int MaxSegments = 3;

    // More files are not opened to find out whether the machine has zones at all.
    private const int MaxProbes = 64;

    // A header, and nothing behind it (RFC 8536, 3.1).
    private const int ShortestFile = 44;

    // No dot: a name stays within the folder, and lists such as zone.tab are not zones.
    private static readonly SearchValues<char> Letters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+");

    // Whole copies of the folder, one of them with leap seconds, which no clock here counts; and names for the machine's
    // own zone and for a default, which are not what a person calls a zone.
    private static readonly HashSet<string> Hidden = new(StringComparer.OrdinalIgnoreCase) { "posix", "right", "localtime", "posixrules" };

    private readonly Dictionary<string, HashSet<string>> _folders = [];
    private bool _hasZones;

    /// <summary>Where the runtime looks: <c>TZDIR</c>, or /usr/share/zoneinfo.</summary>
    public static string OfMachine => Environment.GetEnvironmentVariable("TZDIR") ?? "/usr/share/zoneinfo";

    /// <summary>Whether there is any zone. Only <c>true</c> is remembered: time zone data may be installed while the server runs.</summary>
    public bool HasZones => _hasZones = _hasZones || Probe();

    /// <summary>Finds the spelling of a zone's name; null where there is no such zone.</summary>
    public string? Find(string name)
    {
        string[] segments = name.Split('/', MaxSegments + 1);
        if (path.Length == 0 || segments.Length > MaxSegments)
        {
            return null;
        }

        string found = "";
        foreach (string segment in segments)
        {
            if (!Names(found).TryGetValue(segment, out string? spelling))
            {
                return null;
            }

            found = found.Length == 0 ? spelling : $"{found}/{spelling}";
        }

        return IsZone(found) ? found : null;
    }

    /// <summary>Whether a name in the folder, or a path elsewhere, as it is spelled, leads to time zone data.</summary>
    public bool HasFile(string name) => (path.Length > 0 || Path.IsPathRooted(name)) && IsZoneFile(Path.Combine(path, name));

    // Whether a file, or what a link leads to, is compiled time zone data.
    private static bool IsZoneFile(string file)
    {
        try
        {
            FileInfo target = new(file);
            target = target.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? target;

            // Not opened where it can't be one: opening a pipe would wait for its writer.
            if (!target.Exists || target.Length < ShortestFile)
            {
                return false;
            }

            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            Span<byte> magic = stackalloc byte[4];
            return stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length && magic.SequenceEqual("TZif"u8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    // Links between zones are common (GB leads to Europe/London); one that leads elsewhere is not a zone of this folder.
    private bool IsZone(string name)
    {
        string file = Path.Combine(path, name);
        try
        {
            string? target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName;
            return (target is null || target.StartsWith(RealPath() + '/', StringComparison.Ordinal)) && IsZoneFile(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // What a link in the folder is compared with where the folder is a link itself.
    private string RealPath() =>
        Path.TrimEndingDirectorySeparator(Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path));

    private HashSet<string> Names(string folder)
    {
        if (!_folders.TryGetValue(folder, out HashSet<string>? names))
        {
            names = Read(folder);
            if (names.Count > 0)
            {
                _folders.Add(folder, names);
            }
        }

        return names;
    }

    private HashSet<string> Read(string folder)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        try
        {
            DirectoryInfo directory = new(Path.Combine(path, folder));
            if (!directory.Exists || (folder.Length > 0 && directory.LinkTarget is not null))
            {
                return names;
            }

            // In order, so that of two names that differ in case alone it is always the same one that counts.
            IEnumerable<string> found = new FileSystemEnumerable<string>(
                directory.FullName,
                (ref FileSystemEntry entry) => entry.FileName.ToString(),
                new EnumerationOptions { AttributesToSkip = 0 })
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.FileName.ContainsAnyExcept(Letters),
            };
            foreach (string name in found.Take(ChatOptions.ZoneNamesPerFolder).Order(StringComparer.Ordinal))
            {
                if (folder.Length > 0 || !Hidden.Contains(name))
                {
                    names.Add(name);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            names.Clear();
        }

        return names;
    }

    private bool Probe() =>
        path.Length > 0
        && Names("").SelectMany(name => Names(name).Select(inner => $"{name}/{inner}").Prepend(name)).Take(MaxProbes).Any(IsZone);
}
