using System.Globalization;
using System.Text;

namespace AotChat.Commands;

/// <summary>
/// What a search looks for, as a user types it: words, <c>"a phrase"</c>, <c>from:alice</c>, <c>in:room</c>, <c>since:2d</c>,
/// <c>before:2026-11-01</c>, <c>page:2</c>, in any order.
/// </summary>
internal sealed class SearchQuery
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    private readonly List<string> _words = [];

    private SearchQuery()
    {
    }

    /// <summary>The words and phrases.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The author's name; empty for anybody.</summary>
    public string Author { get; private set; } = "";

    /// <summary>The room to look in, without <c>#</c>; empty for all that the searcher may read.</summary>
    public string Room { get; private set; } = "";

    /// <summary>The earliest time, in ticks of UTC; 0 for none.</summary>
    public long Since { get; private set; }

    /// <summary>Lines are earlier than this, in ticks of UTC; <see cref="long.MaxValue"/> for none.</summary>
    public long Before { get; private set; } = long.MaxValue;

    /// <summary>Which page of what is found, from 1 on.</summary>
    public int Page { get; private set; } = 1;

    /// <summary>What was typed, without the page.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Reads what a user has typed.</summary>
    /// <param name="typed">The text behind the command's name.</param>
    /// <param name="now">The time, in ticks of UTC.</param>
    /// <param name="zone">The zone that dates without one are in.</param>
    /// <param name="problem">What does not fit; empty where all does.</param>
    public static SearchQuery? Parse(ReadOnlySpan<byte> typed, long now, TimeZoneInfo zone, out string problem)
    {
        SearchQuery query = new();
        problem = "";
        List<string> shown = [];
        foreach (string part in Split(Encoding.UTF8.GetString(typed)))
        {
            if (part.StartsWith("page:", StringComparison.OrdinalIgnoreCase))
            {
                if (!int.TryParse(part.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int page) || page is 0 or > MaxPage)
                {
                    problem = $"\"{part}\" is no page; pages are numbered from 1";
                    return null;
                }

                query.Page = page;
                continue;
            }

            shown.Add(part);
            if (!query.TryAdd(part, now, zone, out problem))
            {
                return null;
            }
        }

        query.Text = string.Join(' ', shown);
        if (shown.Count == 0)
        {
            problem = "TEXT is missing";
        }

        return problem.Length == 0 ? query : null;
    }

    private const int MaxPage = 100_000;

    // By spaces; what stands in quotation marks is one part.
    private static List<string> Split(string text)
    {
        List<string> parts = [];
        StringBuilder part = new();
        bool isQuoted = false;
        foreach (char letter in text)
        {
            isQuoted ^= letter == '"';
            if (letter is ' ' or '\t' && !isQuoted)
            {
                Take();
            }
            else
            {
                part.Append(letter);
            }
        }

        Take();
        return parts;

        void Take()
        {
            if (part.Length > 0)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
        }
    }

    private bool TryAdd(string part, long now, TimeZoneInfo zone, out string problem)
    {
        problem = "";
        int colon = part.IndexOf(':', StringComparison.Ordinal);
        string value = part[(colon + 1)..];
        switch (colon < 0 ? "" : part[..colon].ToLowerInvariant())
        {
            case "from":
                Author = value.TrimStart('@');
                problem = Author.Length == 0 ? "\"from:\" needs a name" : "";
                break;

            case "in":
                Room = value.TrimStart('#');
                problem = Room.Length == 0 ? "\"in:\" needs a room" : "";
                break;

            case "since":
                Since = ReadTime(value, now, zone, ref problem);
                break;

            case "before":
                Before = ReadTime(value, now, zone, ref problem);
                break;

            default:
                string word = part.Trim('"');
                if (word.EnumerateRunes().Any(Rune.IsLetterOrDigit))
                {
                    _words.Add(word);
                }
                else
                {
                    problem = $"\"{part}\" has no letter or digit to look for";
                }

                break;
        }

        return problem.Length == 0;
    }

    // A duration back from now, or a date, with a time or without.
    private static long ReadTime(string text, long now, TimeZoneInfo zone, ref string problem)
    {
        if (DurationText.TryParse(Encoding.UTF8.GetBytes(text), out TimeSpan duration))
        {
            return Math.Max(0, now - duration.Ticks);
        }

        if (DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return Math.Max(0, local.Ticks - zone.GetUtcOffset(local).Ticks);
        }

        problem = $"\"{text}\" is no time; write 2d, 3h, 2026-11-01 or 2026-11-01T12:30";
        return 0;
    }
}
