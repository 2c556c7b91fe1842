using System.Globalization;
using System.Numerics;

namespace AotChat.Jobs;

/// <summary>Fibonacci numbers, exact, by fast doubling: F(2k) = F(k)(2F(k+1) − F(k)), F(2k+1) = F(k)² + F(k+1)².</summary>
internal static class FibonacciJob
{
    /// <summary>The largest n: its number has 208,988 digits and takes about 0.1 s.</summary>
    public const int MaxN = 1_000_000;

    /// <summary>The most digits that are given in full; of longer numbers the two ends are.</summary>
    public const int MaxDigits = 1_000;

    private const int EndDigits = 20;

    /// <summary>
    /// The n-th Fibonacci number, F(1) = F(2) = 1: all its digits, or for more than <see cref="MaxDigits"/> of them the
    /// first and last 20 and how many there are: <c>19532821287077577316…68996526838242546875 (208988 digits)</c>.
    /// </summary>
    /// <param name="n">From 1 to <see cref="MaxN"/>.</param>
    /// <exception cref="JobException">n is out of range.</exception>
    [Job]
    internal static string Fibonacci(int n)
    {
        if (n is < 1 or > MaxN)
        {
            throw new JobException(string.Create(CultureInfo.InvariantCulture, $"N must be from 1 to {MaxN}"));
        }

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

    private static BigInteger Compute(int n)
    {
        // Invariant: current = F(k), next = F(k + 1), k being the bits of n that were looked at.
        BigInteger current = BigInteger.Zero;
        BigInteger next = BigInteger.One;
        for (int bit = BitOperations.Log2((uint)n); bit >= 0; bit--)
        {
            BigInteger doubled = current * ((next << 1) - current);
            BigInteger doubledNext = (current * current) + (next * next);
            (current, next) = (n >> bit & 1) == 0 ? (doubled, doubledNext) : (doubledNext, doubled + doubledNext);
        }

        return current;
    }

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
