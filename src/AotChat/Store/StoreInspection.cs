using AotChat.Configuration;

namespace AotChat.Store;

/// <summary>What the command line can do with what is kept, without a server: check it, and copy it.</summary>
internal static class StoreInspection
{
    /// <summary>Checks the file that the options name, and changes nothing.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="problem">What is wrong; null for nothing.</param>
    /// <returns>What was found, in a line.</returns>
    public static string Check(ChatOptions options, out string? problem)
    {
        problem = null;
        if (Find(options) is not { } path)
        {
            return "nothing is kept on disk yet";
        }

        try
        {
            // What is not moved to the file yet must be read too. Otherwise no file is made beside it.
            using SqliteDatabase database = SqliteDatabase.Open(path, HasLog(path) ? SqliteMode.Read : SqliteMode.Look);
            long version = StoreSchema.Check(database);
            using SqliteStatement check = database.PrepareOnce("PRAGMA quick_check(1)");
            check.Step();
            if (check.Text(0) is not "ok" and var fault)
            {
                problem = $"data: {path} is damaged: {SafeText.Of(fault)}";
            }

            return $"{path}: {new FileInfo(path).Length / 1024} KiB, format {version}";
        }
        catch (StoreException failure)
        {
            problem = $"data: {path}: {failure.Reason}";
            return path;
        }
    }

    /// <summary>Copies the file that the options name; a server may write it meanwhile.</summary>
    /// <returns>What went wrong; null for nothing.</returns>
    public static string? Backup(ChatOptions options, string copy, Action<string> tell)
    {
        if (Find(options) is not { } path)
        {
            return "there is nothing to copy: nothing is kept on disk yet (option data)";
        }

        if (copy.Length == 0 || File.Exists(copy))
        {
            return copy.Length == 0 ? "--backup needs a file" : $"{SafeText.Of(copy)} is there already; give a new file";
        }

        string unfinished = copy + ".part";
        try
        {
            File.Delete(unfinished);
            tell($"Copying {path} ({new FileInfo(path).Length / 1024} KiB)…");
            DataDirectory.CreateFile(unfinished);
            using (SqliteDatabase database = SqliteDatabase.Open(path, SqliteMode.Write))
            {
                StoreSchema.Check(database);
                database.Execute("PRAGMA busy_timeout = 10000");
                using SqliteStatement vacuum = database.PrepareOnce("VACUUM INTO ?1");
                vacuum.Bind(1, unfinished).Run();
            }

            File.Move(unfinished, copy);
            return null;
        }
        catch (Exception exception) when (exception is StoreException or IOException or UnauthorizedAccessException)
        {
            try
            {
                File.Delete(unfinished);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // What matters is why there is no copy.
            }

            return $"{SafeText.Of(copy)} was not made: {(exception is StoreException store ? store.Reason : exception.Message)}";
        }
    }

    private static bool HasLog(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };

    private static string? Find(ChatOptions options) =>
        options.Data != ChatOptions.NoData && DataDirectory.Find(options) is { } directory && File.Exists(DataDirectory.DatabaseIn(directory))
            ? DataDirectory.DatabaseIn(directory)
            : null;
}
