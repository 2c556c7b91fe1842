using System.Text;
using AotChat.Configuration;
using AotChat.Native;

namespace AotChat.Store;

/// <summary>
/// The directory of what is kept: found, made for its owner alone, and locked, so that two servers never write one file.
/// </summary>
// CA1416: the server runs on Unix systems alone; its calls into the C library say so everywhere.
#pragma warning disable CA1416
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerOnly | UnixFileMode.UserExecute;

    // The variables that say where the state of programs belongs: systemd.exec(5), the XDG Base Directory Specification.
    private const string SystemdVariable = "STATE_DIRECTORY";
    private const string StateHomeVariable = "XDG_STATE_HOME";

    // Its flock(2) ends with the process, however that ends. The number of the process stands in it.
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream @lock)
    {
        FullName = path;
        _lock = @lock;
    }

    /// <summary>The directory.</summary>
    public string FullName { get; }

    /// <summary>The database.</summary>
    public string Database => DatabaseIn(FullName);

    /// <summary>Where copies of it are made.</summary>
    public string Backups => Path.Combine(FullName, "backups");

    /// <summary>The database of a directory.</summary>
    public static string DatabaseIn(string directory) => Path.Combine(directory, "chat.db");

    /// <summary>The directory that the options name, or the default one; null where there is no place for a default one.</summary>
    public static string? Find(ChatOptions options)
    {
        if (options.Data.Length > 0)
        {
            return Path.GetFullPath(options.Data);
        }

        // Systemd may name several, separated by colons.
        if (Environment.GetEnvironmentVariable(SystemdVariable) is { Length: > 0 } state)
        {
            return state.Split(':')[0];
        }

        string? home = Environment.GetEnvironmentVariable(StateHomeVariable) is { Length: > 0 } set && Path.IsPathRooted(set)
            ? set
            : Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } user && Path.IsPathRooted(user)
                ? Path.Combine(user, ".local", "state")
                : null;
        return home is null ? null : Path.Combine(home, "aotchat");
    }

    /// <summary>Makes a directory for its owner alone; one that is there stays as it is, unless it is empty.</summary>
    /// <exception cref="IOException">It can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void Make(string path)
    {
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, OwnerDirectory);
        }
        else if (!Directory.EnumerateFileSystemEntries(path).Any())
        {
            File.SetUnixFileMode(path, OwnerDirectory);
        }
    }

    /// <summary>Makes an empty file that only its owner may read.</summary>
    /// <exception cref="IOException">It is there already, or can't be made.</exception>
    public static void CreateFile(string path) => new FileStream(
        path,
        new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }).Dispose();

    /// <summary>Makes and locks a directory, and makes its database file where there is none.</summary>
    /// <exception cref="IOException">It can't be used; the message says why.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be used.</exception>
    public static DataDirectory Open(string path)
    {
        Make(path);
        FileStream held = Lock(Path.Combine(path, "lock"));
        try
        {
            DataDirectory opened = new(path, held);
            if (!File.Exists(opened.Database))
            {
                CreateFile(opened.Database);
            }

            return opened;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            FileStream held = new(
                path,
                new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0, UnixCreateMode = OwnerOnly });
            held.SetLength(0);
            held.Write(Encoding.ASCII.GetBytes($"aotchat {Environment.ProcessId}\n"));
            return held;
        }
        catch (IOException failure) when (failure.HResult == FileCalls.WouldBlock && ReadHolder(path) is [var name, var id])
        {
            throw new IOException($"it is in use by {name} (process {id})");
        }
    }

    // Not through a FileStream, which would want a lock too.
    private static string[] ReadHolder(string path)
    {
        int descriptor = FileCalls.Open(path, FileCalls.ReadOnly | FileCalls.CloseOnExec);
        if (descriptor < 0)
        {
            return [];
        }

        Span<byte> text = stackalloc byte[64];
        nint length = FileCalls.Read(descriptor, text, text.Length);
        _ = FileCalls.Close(descriptor);
        return length <= 0 ? [] : Encoding.ASCII.GetString(text[..(int)length]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }
}
#pragma warning restore CA1416
