using System.Globalization;
using System.Runtime.InteropServices;

namespace AotChat;

/// <summary>
/// Gives back what only starting needed of the executable's code: settings are read, sockets are open, workers run, and
/// none of it comes again. Linux maps sixteen pages of a file for each one that is touched, so that this is 3 MiB of 8;
/// what is needed again is mapped again, at a microsecond each, from the page cache.
/// </summary>
internal static partial class StartUpMemory
{
    private const int DontNeed = 4;
    private const string Code = " r-xp ";

    /// <summary>Gives it back; does nothing but on Linux. Returns why it could not, or null.</summary>
    /// <param name="maps">The list of what is mapped.</param>
    public static string? Release(string maps = "/proc/self/maps")
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        if (Environment.ProcessPath is not { } path)
        {
            return "the path of this executable is unknown; is /proc mounted?";
        }

        try
        {
            // 55d0c8a00000-55d0c8c00000 r-xp 00012000 fe:00 1234  /path: a private mapping that nobody has written to.
            foreach (string line in File.ReadLines(maps))
            {
                if (line.EndsWith(path, StringComparison.Ordinal) && line.Contains(Code, StringComparison.Ordinal))
                {
                    Release(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)));
                }
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    private static void Release(ReadOnlySpan<char> range)
    {
        int dash = range.IndexOf('-');
        if (dash > 0
            && nuint.TryParse(range[..dash], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out nuint start)
            && nuint.TryParse(range[(dash + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out nuint end))
        {
            _ = Advise(start, end - start, DontNeed);
        }
    }

    /// <summary>madvise(2).</summary>
    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint address, nuint length, int advice);
}
