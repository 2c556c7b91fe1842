namespace AotChat.EndToEnd.Tests;

/// <summary>The published binary that the tests drive.</summary>
internal static class Executable
{
    /// <summary>Its path: AOTCHAT_BINARY, or what <c>./build.sh</c> leaves beside the solution.</summary>
    public static string Path { get; } = Find();

    /// <summary>The folder of the solution.</summary>
    public static string SolutionFolder { get; } = FindSolution();

    /// <summary>The bench, as <c>./build.sh test</c> publishes it.</summary>
    public static string Bench { get; } = System.IO.Path.Combine(SolutionFolder, "artifacts/publish/AotChat.Load/release/aotchat-load");

    /// <summary>The server with jobs that misbehave, as <c>./build.sh test</c> publishes it.</summary>
    public static string TestServer { get; } = System.IO.Path.Combine(SolutionFolder, "artifacts/publish/AotChat.TestServer/release/aotchat");

    /// <summary>The same without metadata for stack traces, so without any that is not reflected on.</summary>
    public static string StrippedServer { get; } = System.IO.Path.Combine(SolutionFolder, "artifacts/publish/AotChat.TestServer/stripped/aotchat");

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("AOTCHAT_BINARY") is { Length: > 0 } given)
        {
            return given;
        }

        string path = System.IO.Path.Combine(FindSolution(), "aotchat");
        return File.Exists(path) ? path : throw new FileNotFoundException("There is no ./aotchat to test; run ./build.sh first.", path);
    }

    private static string FindSolution()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "AotChat.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run below AotChat.sln.");
    }
}
