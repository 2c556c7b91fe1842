using System.Globalization;
using System.Numerics;
using AotChat.Jobs;

namespace AotChat.Tests.Jobs;

/// <summary>The Fibonacci numbers, digit by digit.</summary>
public sealed class FibonacciSpecs
{
    [Theory]
    [InlineData(1, "1")]
    [InlineData(2, "1")]
    [InlineData(5, "5")]
    [InlineData(50, "12586269025")]
    [InlineData(100, "354224848179261915075")]
    [InlineData(1_000_000, "19532821287077577316…68996526838242546875 (208988 digits)")]
    public void Known_numbers(int n, string expected) => Assert.Equal(expected, FibonacciJob.Fibonacci(n));

    [Fact]
    public void Every_number_is_the_sum_of_the_two_before_it_across_the_limit_of_printing()
    {
        (BigInteger current, BigInteger next) = (BigInteger.One, BigInteger.One);
        for (int n = 1; n <= 5_500; n++, (current, next) = (next, current + next))
        {
            Assert.Equal(Printed(current), FibonacciJob.Fibonacci(n));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(FibonacciJob.MaxN + 1)]
    public void Others_are_refused_in_one_clause(int n) => Assert.Equal(
        "N must be from 1 to 1000000", Assert.Throws<JobException>(() => FibonacciJob.Fibonacci(n)).Message);

    private static string Printed(BigInteger number)
    {
        string digits = number.ToString(CultureInfo.InvariantCulture);
        return digits.Length <= FibonacciJob.MaxDigits ? digits : $"{digits[..20]}…{digits[^20..]} ({digits.Length} digits)";
    }
}
