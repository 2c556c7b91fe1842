using System.Text;

namespace AotChat.Configuration;

/// <summary>Reads what every newcomer is shown.</summary>
internal static class MessageOfTheDay
{
    /// <summary>Reads the lines of a file of at most <see cref="ChatOptions.MotdBytes"/>; where that fails, says why.</summary>
    public static bool TryRead(string path, out string[] lines, out string problem)
    {
        lines = [];
        if (!SmallFile.TryRead(path, ChatOptions.MotdBytes, out ReadOnlyMemory<byte> bytes, out problem))
        {
            return false;
        }

        // Empty lines at the end are how editors save files, not something to show.
        string text = Encoding.UTF8.GetString(bytes.Span).TrimStart('\uFEFF').TrimEnd();
        lines = text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n');
        return true;
    }
}
