using AotChat.Text;

namespace AotChat.Protocols.Terminal;

/// <summary>The control sequences that the server itself puts into lines, for readers who want them: ANSI codes, and the bell.</summary>
internal static class LineColours
{
    /// <summary>How many bytes the colour of a name takes, its end included.</summary>
    public const int NameBytes = 5 + 4;

    // Foreground colours that can be read on black and on white; blue and yellow can't everywhere.
    private static readonly byte[][] Names =
    [
        "\u001b[31m"u8.ToArray(), "\u001b[32m"u8.ToArray(), "\u001b[35m"u8.ToArray(), "\u001b[36m"u8.ToArray(),
        "\u001b[91m"u8.ToArray(), "\u001b[94m"u8.ToArray(), "\u001b[95m"u8.ToArray(),
    ];

    /// <summary>Begins the reader's own name: inverse, which every terminal shows on any background.</summary>
    public static ReadOnlySpan<byte> Mention => "\u001b[7m"u8;

    /// <summary>Ends a colour.</summary>
    public static ReadOnlySpan<byte> End => "\u001b[0m"u8;

    /// <summary>Rings.</summary>
    public static ReadOnlySpan<byte> Bell => "\a"u8;

    /// <summary>Begins a name. The same name always has the same colour, for everybody.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> name) => Names[Fnv1a.Hash(name) % (uint)Names.Length];
}
