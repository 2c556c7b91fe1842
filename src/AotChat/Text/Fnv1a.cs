namespace AotChat.Text;

/// <summary>The hash FNV-1a in 32 bits: short names spread well, and the same bytes always have the same hash.</summary>
internal static class Fnv1a
{
    private const uint Basis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>The hash of some bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="setBits">Bits that each byte counts as having; 0x20 makes one of upper and lower case of ASCII letters.</param>
    public static uint Hash(ReadOnlySpan<byte> bytes, byte setBits = 0)
    {
        uint hash = Basis;
        foreach (byte unit in bytes)
        {
            hash = (hash ^ (uint)(unit | setBits)) * Prime;
        }

        return hash;
    }
}
