using System.Numerics;

namespace AotChat.Load;

/// <summary>
/// Counts durations in buckets that grow with them: 128 to each power of two, so that a percentile is less than 0.8 %
/// too large. Nothing is allocated after it is made.
/// </summary>
internal sealed class Histogram
{
    private const int SubBits = 7;
    private const int SubBuckets = 1 << SubBits;

    private readonly long[] _counts = new long[(64 - SubBits) * SubBuckets];

    /// <summary>How many were counted.</summary>
    public long Count { get; private set; }

    /// <summary>The largest one.</summary>
    public long Max { get; private set; }

    /// <summary>Counts one; below 0 counts as 0.</summary>
    public void Add(long value)
    {
        value = Math.Max(0, value);
        _counts[IndexOf(value)]++;
        Count++;
        Max = Math.Max(Max, value);
    }

    /// <summary>The value that so many of a hundred do not exceed; 0 where nothing was counted.</summary>
    public long Percentile(double percent)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(Count * percent / 100));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Math.Min(Max, UpperBound(i));
            }
        }

        return Max;
    }

    private static int IndexOf(long value)
    {
        int shift = Math.Max(0, BitOperations.Log2((ulong)value | 1) - SubBits);
        return (shift * SubBuckets) + (int)(value >> shift);
    }

    private static long UpperBound(int index)
    {
        // The first 2 * SubBuckets have one value each; after that the place within its power of two is never below SubBuckets.
        int shift = Math.Max(0, (index / SubBuckets) - 1);
        long place = index - (shift * SubBuckets);
        return ((place + 1) << shift) - 1;
    }
}
