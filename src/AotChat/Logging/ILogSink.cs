namespace AotChat.Logging;

/// <summary>Where log lines go.</summary>
internal interface ILogSink
{
    /// <summary>
    /// Writes bytes, all of them or a part of them from the front, and may wait as long as a reader takes. Returns how many
    /// were taken, and why not more; never throws.
    /// </summary>
    int Write(ReadOnlySpan<byte> bytes, out string? fault);
}
