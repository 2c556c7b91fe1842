using System.Text;

namespace AotChat.Configuration;

/// <summary>Reads what everybody is shown who comes.</summary>
internal static class MessageOfTheDay
{
    /// <summary>Reads the lines of a file of at most <see cref="ChatOptions.MotdBytes"/>; where that fails, says why.</summary>
    public static bool TryRead(string path, out string[] lines, out string problem)
    {
        lines = [];
        problem = "";
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[ChatOptions.MotdBytes + 1];
            int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count > ChatOptions.MotdBytes)
            {
                problem = $"{path} is too long (limit {ChatOptions.MotdBytes} bytes)";
                return false;
            }

            // Empty lines at the end are how editors save files, not something to show.
            string text = Encoding.UTF8.GetString(bytes, 0, count).TrimStart('\uFEFF').TrimEnd();
            lines = text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n');
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = $"{path} cannot be read: {exception.Message}";
            return false;
        }
    }
}
