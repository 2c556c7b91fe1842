namespace AotChat.Commands;

/// <summary>
/// Durations as people type them: <c>90s</c>, <c>5m</c>, <c>1h30m</c>, <c>2d</c>; the units are d, h, m, s and ms, the
/// larger before the smaller, each with a whole number. Also compiled into the generator, which reads limits.
/// </summary>
internal static class DurationText
{
    /// <summary>Reads a whole word; false where it is no duration, or one of more than 10,000 days.</summary>
    public static bool TryParse(ReadOnlySpan<byte> word, out TimeSpan duration)
    {
        duration = default;
        long ticks = 0;
        long smallestUnit = long.MaxValue;
        int at = 0;
        while (at < word.Length)
        {
            if (!TryReadNumber(word, ref at, out long number)
                || !TryReadUnit(word, ref at, out long unit)
                || unit >= smallestUnit
                || number > MaxTicks / unit)
            {
                return false;
            }

            smallestUnit = unit;
            ticks += number * unit;
        }

        duration = new TimeSpan(ticks);
        return word.Length > 0 && ticks <= MaxTicks;
    }

    // More digits than this are more than the longest duration in the smallest unit.
    private const int MaxDigits = 12;

    private const long MaxTicks = 10_000 * TimeSpan.TicksPerDay;

    private static bool TryReadNumber(ReadOnlySpan<byte> word, ref int at, out long number)
    {
        int start = at;
        number = 0;
        while (at < word.Length && at - start < MaxDigits && word[at] is >= (byte)'0' and <= (byte)'9')
        {
            number = (number * 10) + word[at++] - '0';
        }

        return at > start;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> word, ref int at, out long ticks)
    {
        byte first = at < word.Length ? (byte)(word[at] | 0x20) : (byte)0;
        bool isMilliseconds = first == 'm' && at + 1 < word.Length && (word[at + 1] | 0x20) == 's';
        at += isMilliseconds ? 2 : 1;
        ticks = isMilliseconds ? TimeSpan.TicksPerMillisecond : first switch
        {
            (byte)'d' => TimeSpan.TicksPerDay,
            (byte)'h' => TimeSpan.TicksPerHour,
            (byte)'m' => TimeSpan.TicksPerMinute,
            (byte)'s' => TimeSpan.TicksPerSecond,
            _ => 0,
        };
        return ticks > 0;
    }
}
