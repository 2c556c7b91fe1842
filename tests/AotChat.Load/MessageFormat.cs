using System.Buffers.Text;

namespace AotChat.Load;

/// <summary>
/// The words that the generator sends: <c>S0001 00000042 0000018f3a2b4c5d xxx…</c>, sender, number and scheduled time at
/// fixed places, filled up to their length.
/// </summary>
internal static class MessageFormat
{
    /// <summary>The length of <c>[YYYYMMDD HH:MM:SS.ffffff] </c>, with which each line of the server begins.</summary>
    public const int StampLength = 27;

    /// <summary>The shortest message.</summary>
    public const int MinLength = 31;

    /// <summary>Writes one; the destination has the length that it is to have.</summary>
    public static void Write(Span<byte> destination, int sender, int number, long time)
    {
        destination.Fill((byte)'x');
        destination[0] = (byte)'S';
        Utf8Formatter.TryFormat(sender, destination[1..5], out _, new('D', 4));
        destination[5] = (byte)' ';
        Utf8Formatter.TryFormat(number, destination[6..14], out _, new('D', 8));
        destination[14] = (byte)' ';
        Utf8Formatter.TryFormat(time, destination[15..31], out _, new('x', 16));
    }

    /// <summary>Reads one; false where it is none, or was changed on the way.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out int sender, out int number, out long time)
    {
        sender = 0;
        number = 0;
        time = 0;
        if (message.Length < MinLength || message[0] != 'S' || message[5] != ' ' || message[14] != ' ')
        {
            return false;
        }

        return TryReadDigits(message[1..5], out sender)
            && TryReadDigits(message[6..14], out number)
            && TryReadHex(message[15..31], out time)
            && message[MinLength..].IndexOfAnyExcept((byte)'x') < 0;
    }

    private static bool TryReadDigits(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (byte digit in digits)
        {
            int number = digit - '0';
            if ((uint)number > 9)
            {
                return false;
            }

            value = (value * 10) + number;
        }

        return true;
    }

    private static bool TryReadHex(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        foreach (byte digit in digits)
        {
            int number = digit <= '9' ? digit - '0' : digit - 'a' + 10;
            if ((uint)number > 15)
            {
                return false;
            }

            value = (value << 4) | (uint)number;
        }

        return true;
    }
}
