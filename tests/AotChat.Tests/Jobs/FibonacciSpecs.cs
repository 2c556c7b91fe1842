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
    public void Known_numbers_are_computed(int n, string expected) => Assert.Equal(expected, FibonacciJob.Fibonacci(n));

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
    public void A_number_out_of_range_is_refused_in_one_clause(int n) => Assert.Equal(
        "N must be from 1 to 1000000", Assert.Throws<JobException>(() => FibonacciJob.Fibonacci(n)).Message);

    [Fact]
    public void The_slow_way_gives_the_same_numbers()
    {
        for (int n = 1; n <= 27; n++)
        {
            Assert.Equal(FibonacciJob.Fibonacci(n), FibonacciJob.FibonacciSlowly(n, CancellationToken.None).ToString(CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(FibonacciJob.MaxSlowN + 1)]
    public void The_slow_way_has_a_limit_of_its_own(int n) => Assert.Equal(
        "N must be from 1 to 45", Assert.Throws<JobException>(() => FibonacciJob.FibonacciSlowly(n, CancellationToken.None)).Message);

    [Fact]
    public void The_slow_way_stops_when_it_is_told_to()
    {
        using CancellationTokenSource cancel = new();
        Task<long> computing = Task.Run(() => FibonacciJob.FibonacciSlowly(FibonacciJob.MaxSlowN, cancel.Token));
        cancel.Cancel();

        Assert.True(SpinWait.SpinUntil(() => computing.IsCompleted, TimeSpan.FromSeconds(60)));
        Assert.IsType<OperationCanceledException>(computing.Exception?.InnerException, exactMatch: false);
    }

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(99_999)]
    [InlineData(131_071)]
    [InlineData(262_143)]
    public void Large_numbers_equal_those_found_by_addition(int n)
    {
        (BigInteger current, BigInteger next) = (BigInteger.One, BigInteger.One);
        BigInteger modulus = BigInteger.Pow(10, 20);
        for (int i = 1; i < n; i++)
        {
            (current, next) = (next, (current + next) % modulus);
        }

        Assert.Contains($"…{current:D20} (", FibonacciJob.Fibonacci(n), StringComparison.Ordinal);
    }

    private static string Printed(BigInteger number)
    {
        string digits = number.ToString(CultureInfo.InvariantCulture);
        return digits.Length <= FibonacciJob.MaxDigits ? digits : $"{digits[..20]}…{digits[^20..]} ({digits.Length} digits)";
    }
}
