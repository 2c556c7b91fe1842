namespace AotChat.Jobs;

/// <summary>How much a fetch may take.</summary>
/// <param name="MaxBytes">The longest body in bytes.</param>
/// <param name="Time">The time for everything: look-up, connection, headers, redirects and body.</param>
/// <param name="MaxRedirects">How many redirects are followed.</param>
internal sealed record ResourceLimits(long MaxBytes, TimeSpan Time, int MaxRedirects)
{
    /// <summary>10 MiB in 10 seconds over at most 3 redirects.</summary>
    public static ResourceLimits Default { get; } = new(10 * 1024 * 1024, TimeSpan.FromSeconds(10), 3);
}
