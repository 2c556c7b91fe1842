namespace AotChat.Load;

/// <summary>Where the servers that are measured keep what was said: a directory of this run, which goes with it.</summary>
internal static class DataFolder
{
    static DataFolder()
    {
        Path = Directory.CreateTempSubdirectory("aotchat-bench-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path, recursive: true);
    }

    /// <summary>The directory.</summary>
    public static string Path { get; }
}
