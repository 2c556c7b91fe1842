namespace AotChat.EndToEnd.Tests;

/// <summary>Waits for conditions; the limit is only reached by a test that fails.</summary>
internal static class Wait
{
    /// <summary>How long anything may take on a machine that is busy with other things.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    /// <summary>Looks again and again until it is so.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        using CancellationTokenSource limit = new(Limit);
        while (!condition())
        {
            Assert.False(limit.IsCancellationRequested, "It never came about: " + what);
            await Task.Delay(Interval);
        }
    }
}
