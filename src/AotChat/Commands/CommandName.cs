using System.Buffers.Binary;

namespace AotChat.Commands;

/// <summary>Compares what was typed with the name of a command, for the generated dispatcher.</summary>
internal static class CommandName
{
    // Bit 6 tells letters from digits, '-', '?' and ':'; bit 5 is what an upper-case letter lacks.
    private const ulong LetterBits = 0x4040_4040_4040_4040;

    /// <summary>
    /// Whether the word is the name, whatever the case of its letters: eight bytes at a time, half as long as a general
    /// comparison takes.
    /// </summary>
    /// <param name="word">What was typed; of the name's length.</param>
    /// <param name="name">Lower-case ASCII letters, digits, <c>-</c>, <c>?</c> and <c>:</c>.</param>
    public static bool Matches(ReadOnlySpan<byte> word, ReadOnlySpan<byte> name)
    {
        while (name.Length > sizeof(ulong))
        {
            if (Difference(BinaryPrimitives.ReadUInt64LittleEndian(word), BinaryPrimitives.ReadUInt64LittleEndian(name)) != 0)
            {
                return false;
            }

            word = word[sizeof(ulong)..];
            name = name[sizeof(ulong)..];
        }

        return Difference(Last(word), Last(name)) == 0;
    }

    // Up to eight bytes, none left out; some may come twice.
    private static ulong Last(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        sizeof(ulong) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        >= sizeof(uint) => BinaryPrimitives.ReadUInt32LittleEndian(bytes)
            | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes[^sizeof(uint)..]) << 32),
        >= sizeof(ushort) => BinaryPrimitives.ReadUInt16LittleEndian(bytes)
            | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(bytes[^sizeof(ushort)..]) << 16),
        1 => bytes[0],
        _ => 0,
    };

    private static ulong Difference(ulong word, ulong name) => (word ^ name) & ~((name & LetterBits) >> 1);
}
