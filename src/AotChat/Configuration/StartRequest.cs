namespace AotChat.Configuration;

/// <summary>What the one who started the executable wants of it.</summary>
internal abstract record StartRequest
{
    /// <summary>Run the server with these settings.</summary>
    internal sealed record Serve(ChatOptions Options) : StartRequest;

    /// <summary>Print this and end well.</summary>
    internal sealed record Print(string Text) : StartRequest;

    /// <summary>Nothing, since these things are wrong, a line each.</summary>
    internal sealed record Refuse(IReadOnlyList<string> Problems) : StartRequest;
}
