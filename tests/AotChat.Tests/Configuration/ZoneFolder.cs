using AotChat.Configuration;

namespace AotChat.Tests.Configuration;

/// <summary>A folder of time zones of the test's own; removed with everything in it.</summary>
internal sealed class ZoneFolder : IDisposable
{
    // The header of a file with one type of local time, UTC, and that type (RFC 8536, 3.2).
    private static readonly byte[] Zone =
    [
        .. "TZif"u8, .. new byte[16], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, .. "UTC\0"u8,
    ];

    public string Path { get; } = Directory.CreateTempSubdirectory("aotchat-zones-").FullName;

    public ZoneDirectory Names => new(Path);

    /// <summary>Adds zones, with the folders that they lie in.</summary>
    public ZoneFolder Add(params string[] names)
    {
        foreach (string name in names)
        {
            Write(name, Zone);
        }

        return this;
    }

    /// <summary>Adds another file.</summary>
    public ZoneFolder Write(string name, byte[] content)
    {
        string file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        return this;
    }

    /// <summary>Adds a link to a file or a folder.</summary>
    public ZoneFolder Link(string name, string target)
    {
        File.CreateSymbolicLink(System.IO.Path.Combine(Path, name), target);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
