using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Loop;
using Microsoft.Extensions.Logging;

namespace AotChat.Store;

/// <summary>
/// Opens the store at start. A directory that was asked for must be usable; where the default one is not, the chat lives
/// in memory and the log says so.
/// </summary>
internal static class StoreOpening
{
    /// <summary>Opens it.</summary>
    /// <param name="loop">Where answers go.</param>
    /// <param name="options">The settings.</param>
    /// <param name="logger">Hears what becomes of it.</param>
    /// <param name="problem">Why the directory that was asked for can't be used; null where all is well.</param>
    /// <param name="warning">Why the default one can't; null where it can, or was not wanted.</param>
    /// <returns>The store; in memory where there is a problem.</returns>
    public static SqliteStore Open(EventLoop loop, ChatOptions options, ILogger logger, out string? problem, out string? warning)
    {
        (problem, warning) = (null, null);
        if (options.Data != ChatOptions.NoData)
        {
            string? path = DataDirectory.Find(options);
            if (TryOpen(path, loop, options, logger, out string reason) is { } opened)
            {
                return opened;
            }

            if (options.Data.Length > 0)
            {
                problem = $"data: {SafeText.Of(path!)} cannot be used: {reason}";
            }
            else
            {
                warning = path is null ? reason : $"{SafeText.Of(path)} cannot be used: {reason}";
            }
        }

        return SqliteStore.Open(loop, options, logger, null);
    }

    /// <summary>Reads what the chat holds in memory.</summary>
    /// <param name="store">The store.</param>
    /// <param name="problem">Why it can't be read.</param>
    /// <returns>What is kept; null where there is a problem.</returns>
    public static StoredState? Load(SqliteStore store, out string? problem)
    {
        try
        {
            problem = null;
            return store.Load();
        }
        catch (StoreException failure)
        {
            string path = store.Path ?? ChatOptions.NoData;
            problem = $"data: {SafeText.Of(path)} cannot be used: {Explain(failure, DataDirectory.DatabaseIn(path))}";
            return null;
        }
    }

    private static string Explain(StoreException failure, string database) => failure.IsDamage
        ? $"{failure.Reason}; restore a copy of {Path.GetFileName(database)}, or move it away to begin anew"
        : failure.Reason;

    private static SqliteStore? TryOpen(string? path, EventLoop loop, ChatOptions options, ILogger logger, out string reason)
    {
        if (path is null)
        {
            reason = "there is no home directory";
            return null;
        }

        DataDirectory? directory = null;
        try
        {
            directory = DataDirectory.Open(path);
            reason = "";
            return SqliteStore.Open(loop, options, logger, directory);
        }
        catch (StoreException failure)
        {
            reason = Explain(failure, directory!.Database);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            reason = exception.Message;
        }

        directory?.Dispose();
        return null;
    }
}
