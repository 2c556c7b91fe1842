namespace AotChat.Protocols.Terminal;

/// <summary>
/// Writes times as <c>[YYYYMMDD HH:MM:SS.ffffff] </c>. The conversion to a time zone is done once a second, the
/// microseconds each time. Owned by the event loop.
/// </summary>
/// <param name="zone">Gives the time zone; asked once a second.</param>
internal sealed class LineStamp(Func<TimeZoneInfo> zone)
{
    /// <summary>The length of <c>[YYYYMMDD HH:MM:SS.ffffff] </c> in bytes.</summary>
    public const int Length = 27;

    /// <summary>Where <c>YYYYMMDD HH:MM:SS</c> begins.</summary>
    public const int DateAt = 1;

    /// <summary>Where <c>HH:MM:SS</c> begins.</summary>
    public const int TimeAt = 10;

    /// <summary>Where <c>HH:MM</c> ends.</summary>
    public const int MinuteEnd = 15;

    private const int DateLength = 17;
    private const int MicrosecondsAt = 19;

    private readonly byte[] _stamp = "[YYYYMMDD HH:MM:SS.ffffff] "u8.ToArray();
    private long _second = -1;

    /// <summary>Writes a time, given in ticks of UTC.</summary>
    public void Write(long utcTicks, Span<byte> destination)
    {
        long fraction = Turn(utcTicks);
        _stamp.CopyTo(destination);
        WriteDigits(destination.Slice(MicrosecondsAt, 6), (int)(fraction / TimeSpan.TicksPerMicrosecond));
    }

    /// <summary><c>YYYYMMDD HH:MM:SS</c>. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Date(long utcTicks)
    {
        Turn(utcTicks);
        return _stamp.AsSpan(DateAt, DateLength);
    }

    private long Turn(long utcTicks)
    {
        long second = Math.DivRem(utcTicks, TimeSpan.TicksPerSecond, out long fraction);
        if (second != _second)
        {
            StampSecond(utcTicks);
            _second = second;
        }

        return fraction;
    }

    private void StampSecond(long utcTicks)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(new DateTimeOffset(utcTicks, TimeSpan.Zero), zone());
        WriteDigits(_stamp.AsSpan(1, 4), local.Year);
        WriteDigits(_stamp.AsSpan(5, 2), local.Month);
        WriteDigits(_stamp.AsSpan(7, 2), local.Day);
        WriteDigits(_stamp.AsSpan(TimeAt, 2), local.Hour);
        WriteDigits(_stamp.AsSpan(13, 2), local.Minute);
        WriteDigits(_stamp.AsSpan(16, 2), local.Second);
    }

    private static void WriteDigits(Span<byte> destination, int value)
    {
        for (int i = destination.Length - 1; i >= 0; i--)
        {
            destination[i] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }
}
