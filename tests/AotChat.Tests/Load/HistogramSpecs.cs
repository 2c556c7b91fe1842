using AotChat.Load;

namespace AotChat.Tests.Load;

public sealed class HistogramSpecs
{
    [Fact]
    public void Nothing_counted_has_no_percentiles()
    {
        Assert.Equal(0, new Histogram().Percentile(99));
    }

    [Fact]
    public void Small_values_are_exact()
    {
        Histogram histogram = new();
        for (int value = 1; value <= 100; value++)
        {
            histogram.Add(value);
        }

        Assert.Equal((50, 99, 100), (histogram.Percentile(50), histogram.Percentile(99), histogram.Percentile(100)));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(12_345)]
    [InlineData(987_654_321)]
    [InlineData(long.MaxValue / 2)]
    public void A_large_value_is_less_than_a_hundredth_too_large(long value)
    {
        Histogram histogram = new();
        histogram.Add(value);
        histogram.Add(long.MaxValue);

        Assert.InRange(histogram.Percentile(50), value, value + (value / 100));
    }

    [Fact]
    public void No_percentile_is_larger_than_the_largest_value()
    {
        Histogram histogram = new();
        histogram.Add(1_000_001);

        Assert.Equal(1_000_001, histogram.Percentile(99.9));
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        Histogram histogram = new();
        histogram.Add(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            histogram.Add(i * 1_000L);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
