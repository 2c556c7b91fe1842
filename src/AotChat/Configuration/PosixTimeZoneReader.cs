namespace AotChat.Configuration;

/// <summary>Reads the parts of a <see cref="PosixTimeZone"/> one behind the other.</summary>
internal ref struct PosixTimeZoneReader(ReadOnlySpan<char> text)
{
    private const int ShortestName = 3;

    // RFC 8536, 3.3.1; POSIX has the second one end at 24 too.
    private const int MaxOffsetHours = 24;
    private const int MaxRuleHours = 167;

    private static readonly TimeSpan DefaultRuleTime = TimeSpan.FromHours(2);

    private ReadOnlySpan<char> _rest = text;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly bool IsAt(char letter) => _rest.StartsWith([letter]);

    /// <summary>What a clock's time is called: letters, or also digits and signs between angle brackets.</summary>
    public bool TryReadName()
    {
        if (TryRead('<'))
        {
            int length = CountWhile(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '-');
            _rest = _rest[length..];
            return length >= ShortestName && TryRead('>');
        }

        int letters = CountWhile(char.IsAsciiLetter);
        _rest = _rest[letters..];
        return letters >= ShortestName;
    }

    /// <summary>What a clock is ahead of UTC; the text has it the other way round: <c>EST5</c> is behind.</summary>
    public bool TryReadOffset(out TimeSpan offset)
    {
        bool isRead = TryReadTime(MaxOffsetHours, out TimeSpan behind);
        offset = -behind;
        return isRead;
    }

    /// <summary>A comma, a date and perhaps a time, 02:00:00 otherwise.</summary>
    public bool TryReadRule(out PosixDate date)
    {
        date = default;
        if (!TryRead(',') || !TryReadDate(out PosixDateForm form, out int day, out int week, out int month))
        {
            return false;
        }

        TimeSpan time = DefaultRuleTime;
        if (TryRead('/') && !TryReadTime(MaxRuleHours, out time))
        {
            return false;
        }

        date = new PosixDate(form, day, week, month, time);
        return true;
    }

    private bool TryReadDate(out PosixDateForm form, out int day, out int week, out int month)
    {
        week = 0;
        month = 0;
        if (TryRead('J'))
        {
            form = PosixDateForm.JulianDay;
            return TryReadNumber(1, 365, out day);
        }

        if (!TryRead('M'))
        {
            form = PosixDateForm.DayOfYear;
            return TryReadNumber(0, 365, out day);
        }

        form = PosixDateForm.DayOfWeek;
        day = 0;
        return TryReadNumber(1, 12, out month) && TryRead('.') && TryReadNumber(1, 5, out week) && TryRead('.') && TryReadNumber(0, 6, out day);
    }

    // [+|-]hh[:mm[:ss]]
    private bool TryReadTime(int mostHours, out TimeSpan time)
    {
        bool isNegative = TryRead('-');
        if (!isNegative)
        {
            TryRead('+');
        }

        time = default;
        int minutes = 0;
        int seconds = 0;
        if (!TryReadNumber(0, mostHours, out int hours)
            || (TryRead(':') && (!TryReadNumber(0, 59, out minutes) || (TryRead(':') && !TryReadNumber(0, 59, out seconds)))))
        {
            return false;
        }

        time = new TimeSpan(hours, minutes, seconds);
        time = isNegative ? -time : time;
        return true;
    }

    private bool TryReadNumber(int min, int max, out int number)
    {
        number = 0;
        int length = CountWhile(char.IsAsciiDigit);
        for (int i = 0; i < length && number <= max; i++)
        {
            number = (number * 10) + (_rest[i] - '0');
        }

        _rest = _rest[length..];
        return length > 0 && number >= min && number <= max;
    }

    private bool TryRead(char letter)
    {
        bool isThere = IsAt(letter);
        _rest = isThere ? _rest[1..] : _rest;
        return isThere;
    }

    private readonly int CountWhile(Func<char, bool> isPart)
    {
        int count = 0;
        while (count < _rest.Length && isPart(_rest[count]))
        {
            count++;
        }

        return count;
    }
}
