using System.Collections.Immutable;
using System.Globalization;

namespace AotChat.Store;

/// <summary>Lists as the tables hold them: separated by spaces, which neither numbers nor names have.</summary>
internal static class StoredList
{
    public static string Of(ImmutableArray<long> numbers) => string.Join(' ', Array.ConvertAll<long, string>([.. numbers], number => number.ToString(CultureInfo.InvariantCulture)));

    public static string Of(ImmutableArray<string> names) => string.Join(' ', names);

    public static ImmutableArray<string> Names(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    public static ImmutableArray<long> Numbers(string text) =>
        [.. Array.ConvertAll(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), number => long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture))];
}
