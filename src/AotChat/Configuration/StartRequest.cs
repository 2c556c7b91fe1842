namespace AotChat.Configuration;

/// <summary>What the command line asks the executable to do.</summary>
internal abstract record StartRequest
{
    /// <summary>Run the server with these settings; the warnings are for its log, a line each.</summary>
    internal sealed record Serve(ChatOptions Options, IReadOnlyList<string> Warnings) : StartRequest;

    /// <summary>Print this and end well; the warnings are for standard error, a line each.</summary>
    internal sealed record Print(string Text, IReadOnlyList<string> Warnings) : StartRequest;

    /// <summary>Check what is kept on disk, then print this.</summary>
    internal sealed record Check(ChatOptions Options, string Text, IReadOnlyList<string> Warnings) : StartRequest;

    /// <summary>Copy what is kept on disk to a file.</summary>
    internal sealed record Backup(ChatOptions Options, string Path) : StartRequest;

    /// <summary>Nothing, since these things are wrong, a line each.</summary>
    internal sealed record Refuse(IReadOnlyList<string> Problems) : StartRequest;
}
