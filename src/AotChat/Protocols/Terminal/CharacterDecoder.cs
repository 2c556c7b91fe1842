using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// Puts UTF-8 characters together from bytes that arrive one by one. A mutable structure that belongs to its reader.
/// </summary>
/// <remarks>A reader adds a byte and then takes characters until there is none; a wrong byte can make two of them.</remarks>
internal struct CharacterDecoder
{
    private PartialCharacter _bytes;
    private int _length;

    /// <summary>Adds a byte; the characters before it have been taken.</summary>
    public void Add(byte value) => _bytes[_length++] = value;

    /// <summary>Takes a character, where a whole one is there.</summary>
    /// <param name="character">The character; U+FFFD for bytes that are no UTF-8.</param>
    /// <param name="isInvalid">Whether the bytes are no UTF-8.</param>
    public bool TryTake(out Rune character, out bool isInvalid)
    {
        Span<byte> bytes = _bytes;
        bytes = bytes[.._length];
        if (_length == 1 && bytes[0] < 0x80)
        {
            _length = 0;
            character = new Rune(bytes[0]);
            isInvalid = false;
            return true;
        }

        OperationStatus status = Rune.DecodeFromUtf8(bytes, out character, out int consumed);
        isInvalid = status == OperationStatus.InvalidData;
        if (status == OperationStatus.NeedMoreData)
        {
            return false;
        }

        bytes[consumed..].CopyTo(bytes);
        _length -= consumed;
        return true;
    }

    // No character has more bytes.
    [InlineArray(4)]
    private struct PartialCharacter
    {
        private byte _first;
    }
}
