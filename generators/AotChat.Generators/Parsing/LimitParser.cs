using System.Globalization;
using System.Text;
using AotChat.Commands;
using AotChat.Generators.Emit;
using AotChat.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Parsing;

/// <summary>Reads <c>[Between]</c> and <c>[Length]</c>.</summary>
internal static class LimitParser
{
    /// <summary>Reads the limit; null, and the reason why, where it does not fit the parameter.</summary>
    public static LimitModel? Parse(AttributeData attribute, ParameterKind kind, out string reason)
    {
        object? min = attribute.ConstructorArguments.FirstOrDefault().Value;
        object? max = attribute.ConstructorArguments.LastOrDefault().Value;
        string? line = attribute.ValueOf<string?>("Invalid", null);
        reason = "";
        if (attribute.AttributeClass!.Name == "LengthAttribute")
        {
            if (kind is not (ParameterKind.Text or ParameterKind.Bytes))
            {
                reason = "[Length] belongs on a string or a ReadOnlySpan<byte>";
                return null;
            }

            int shortest = attribute.ConstructorArguments.Length == 2 && min is int given ? given : 0;
            return max is int longest && shortest >= 0 && longest > 0 && longest >= shortest
                ? new(shortest > 0 ? Number(shortest) : null, Number(longest), LengthText(shortest, longest), line)
                : Fail(out reason, "[Length] needs a largest length above 0, and not below the smallest");
        }

        return (kind, min, max) switch
        {
            (ParameterKind.Int32, long from, long to) => Whole(from, to, int.MinValue, int.MaxValue, line, out reason),
            (ParameterKind.Int64 or ParameterKind.BigInteger, long from, long to) => Whole(from, to, long.MinValue, long.MaxValue, line, out reason),
            (ParameterKind.Double, long from, long to) => Broken(from, to, line, out reason),
            (ParameterKind.Double, double from, double to) => Broken(from, to, line, out reason),
            (ParameterKind.TimeSpan, string from, string to) => Duration(from, to, line, out reason),
            (ParameterKind.TimeSpan, _, _) => Fail(out reason, "[Between] of a TimeSpan takes texts: [Between(\"1s\", \"1h\")]"),
            (ParameterKind.Int32 or ParameterKind.Int64 or ParameterKind.BigInteger, _, _) => Fail(out reason, "[Between] of an integer takes integers"),
            (ParameterKind.Double, _, _) => Fail(out reason, "[Between] of a double takes numbers"),
            _ => Fail(out reason, "[Between] belongs on an int, a long, a BigInteger, a double or a TimeSpan"),
        };
    }

    private static LimitModel? Whole(long min, long max, long smallest, long largest, string? line, out string reason)
    {
        reason = "";
        return min > max
            ? Fail(out reason, "[Between] takes the smallest first")
            : new(
                min > smallest ? Number(min) : null,
                max < largest ? Number(max) : null,
                RangeText(min > smallest ? Number(min) : null, max < largest ? Number(max) : null),
                line);
    }

    private static LimitModel? Broken(double min, double max, string? line, out string reason)
    {
        reason = "";
        if (!(min <= max))
        {
            return Fail(out reason, "[Between] takes the smallest first");
        }

        double? lower = double.IsInfinity(min) ? null : min;
        double? upper = double.IsInfinity(max) ? null : max;
        return new(
            lower is { } from ? Literal.Number(from) : null,
            upper is { } to ? Literal.Number(to) : null,
            RangeText(lower?.ToString("R", CultureInfo.InvariantCulture), upper?.ToString("R", CultureInfo.InvariantCulture)),
            line);
    }

    private static LimitModel? Duration(string min, string max, string? line, out string reason)
    {
        reason = "";
        if (!DurationText.TryParse(Encoding.UTF8.GetBytes(min), out TimeSpan shortest)
            || !DurationText.TryParse(Encoding.UTF8.GetBytes(max), out TimeSpan longest))
        {
            return Fail(out reason, "[Between] of a TimeSpan takes texts such as \"90s\", \"5m\" or \"1h30m\"");
        }

        return shortest > longest
            ? Fail(out reason, "[Between] takes the smallest first")
            : new(Ticks(shortest), Ticks(longest), RangeText(min, max), line);
    }

    private static LimitModel? Fail(out string reason, string why)
    {
        reason = why;
        return null;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Ticks(TimeSpan value) => $"TimeSpan.FromTicks({Number(value.Ticks)})";

    private static string RangeText(string? min, string? max) => (min, max) switch
    {
        ({ } lower, { } upper) when lower == upper => $"must be {lower}",
        ({ } lower, { } upper) => $"must be from {lower} to {upper}",
        ({ } lower, null) => $"must be at least {lower}",
        (null, { } upper) => $"must be at most {upper}",
        _ => "must be a number",
    };

    private static string LengthText(int min, int max)
    {
        string letters = max == 1 ? "character" : "characters";
        return min == max ? $"must have {max} {letters}"
            : min == 0 ? $"must have at most {max} {letters}"
            : $"must have {min} to {max} {letters}";
    }
}
