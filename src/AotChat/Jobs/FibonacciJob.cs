using System.Globalization;
using System.Numerics;

namespace AotChat.Jobs;

/// <summary>Fibonacci numbers, exact: by fast doubling, or slowly, as the definition has it.</summary>
internal static class FibonacciJob
{
    /// <summary>The largest n: its number has 208,988 digits and takes some 50 ms.</summary>
    public const int MaxN = 1_000_000;

    /// <summary>The largest n for the slow way: 2.3 billion additions, some seconds.</summary>
    public const int MaxSlowN = 45;

    /// <summary>The most digits that are given in full; of longer numbers the two ends are.</summary>
    public const int MaxDigits = 1_000;

    private const int EndDigits = 20;

    // A number of this size takes 13,529 calls, some 20 µs: often enough to look whether one should stop, and for free.
    private const int UninterruptedN = 20;

    /// <summary>
    /// The n-th Fibonacci number, F(1) = F(2) = 1: all its digits, or for more than <see cref="MaxDigits"/> of them the
    /// first and last 20 and how many there are: <c>19532821287077577316…68996526838242546875 (208988 digits)</c>.
    /// </summary>
    /// <param name="n">From 1 to <see cref="MaxN"/>.</param>
    /// <exception cref="JobException">n is out of range.</exception>
    [Job]
    internal static string Fibonacci(int n)
    {
        CheckRange(n, MaxN);
        BigInteger number = Compute(n);
        int digits = CountDigits(number);
        if (digits <= MaxDigits)
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        // Printing it whole would take longer than computing it.
        BigInteger first = number / BigInteger.Pow(10, digits - EndDigits);
        BigInteger last = number % BigInteger.Pow(10, EndDigits);
        return string.Create(CultureInfo.InvariantCulture, $"{first}…{last:D20} ({digits} digits)");
    }

    /// <summary>The same by naive recursion: it keeps a worker busy for as long as n asks for, which shows what workers are for.</summary>
    /// <param name="n">From 1 to <see cref="MaxSlowN"/>.</param>
    /// <param name="cancellationToken">Ends it within microseconds.</param>
    /// <exception cref="JobException">n is out of range.</exception>
    [Job]
    internal static long FibonacciSlowly(int n, CancellationToken cancellationToken)
    {
        CheckRange(n, MaxSlowN);
        return Recur(n, cancellationToken);
    }

    private static void CheckRange(int n, int max)
    {
        if (n < 1 || n > max)
        {
            throw new JobException(string.Create(CultureInfo.InvariantCulture, $"N must be from 1 to {max}"));
        }
    }

    private static long Recur(int n, CancellationToken cancellation)
    {
        if (n > UninterruptedN)
        {
            return Recur(n - 1, cancellation) + Recur(n - 2, cancellation);
        }

        cancellation.ThrowIfCancellationRequested();
        return Recur(n);
    }

    private static long Recur(int n) => n <= 2 ? 1 : Recur(n - 1) + Recur(n - 2);

    // Two squares a step, a third less work than F(2k) = F(k)(2F(k+1) − F(k)) with two squares beside it:
    // F(2k−1) = F(k)² + F(k−1)², F(2k+1) = 4F(k)² − F(k−1)² + 2(−1)^k, F(2k) = F(2k+1) − F(2k−1).
    private static BigInteger Compute(int n)
    {
        // Invariant: current = F(k), previous = F(k − 1), k being the bits of n that were looked at.
        BigInteger current = BigInteger.One;
        BigInteger previous = BigInteger.Zero;
        int k = 1;
        for (int bit = BitOperations.Log2((uint)n) - 1; bit > 0; bit--)
        {
            BigInteger square = current * current;
            BigInteger previousSquare = previous * previous;
            BigInteger below = square + previousSquare;
            BigInteger above = (square << 2) - previousSquare + SignOf(k);
            BigInteger middle = above - below;
            k = n >> bit;
            (current, previous) = (k & 1) == 0 ? (middle, below) : (above, middle);
        }

        // The last step needs one number of the three, which is one product.
        return n == 1 ? current
            : (n & 1) == 0 ? current * (current + (previous << 1))
            : (((current << 1) + previous) * ((current << 1) - previous)) + SignOf(k);
    }

    private static int SignOf(int k) => (k & 1) == 0 ? 2 : -2;

    // The logarithm is off by less than 1e-9 here; a comparison decides where that could matter.
    private static int CountDigits(BigInteger number)
    {
        double logarithm = BigInteger.Log10(number);
        int digits = (int)Math.Floor(logarithm) + 1;
        double distance = Math.Abs(logarithm - Math.Round(logarithm));
        if (distance > 1e-6)
        {
            return digits;
        }

        int power = (int)Math.Round(logarithm);
        return number >= BigInteger.Pow(10, power) ? power + 1 : power;
    }
}
