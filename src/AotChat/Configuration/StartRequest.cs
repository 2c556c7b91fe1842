namespace AotChat.Configuration;

/// <summary>What the command line asks the executable to do.</summary>
internal abstract record StartRequest
{
    /// <summary>Run the server with these settings; the warnings are for its log, a line each.</summary>
    internal sealed record Serve(ChatOptions Options, IReadOnlyList<string> Warnings) : StartRequest;

    /// <summary>Print this and end well; the warnings are for standard error, a line each.</summary>
    internal sealed record Print(string Text, IReadOnlyList<string> Warnings) : StartRequest;

    /// <summary>Nothing, since these things are wrong, a line each.</summary>
    internal sealed record Refuse(IReadOnlyList<string> Problems) : StartRequest;
}
