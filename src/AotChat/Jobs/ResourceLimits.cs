using AotChat.Configuration;

namespace AotChat.Jobs;

/// <summary>How much a fetch may take.</summary>
/// <param name="MaxBytes">The longest body in bytes.</param>
/// <param name="Time">The time for everything: look-up, connection, headers, redirects and body.</param>
/// <param name="MaxRedirects">How many redirects are followed.</param>
internal sealed record ResourceLimits(long MaxBytes, TimeSpan Time, int MaxRedirects)
{
    /// <summary>Those of the server.</summary>
    public static ResourceLimits Default { get; } = new(ChatOptions.FetchBytes, ChatOptions.FetchLimit, ChatOptions.FetchRedirects);
}
