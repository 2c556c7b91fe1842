namespace AotChat.Load;

/// <summary>Takes the lines that clients receive.</summary>
internal interface ILineSink
{
    /// <summary>Takes one line, without its end.</summary>
    void OnLine(LoadClient client, ReadOnlySpan<byte> line);
}
