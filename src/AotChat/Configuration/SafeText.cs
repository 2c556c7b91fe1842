namespace AotChat.Configuration;

/// <summary>Quotes what came from outside in an error line: short, on one line, without control characters.</summary>
internal static class SafeText
{
    private const int Longest = 100;

    /// <summary>The text, at most 100 characters of it, with a question mark for each control character.</summary>
    public static string Of(string text)
    {
        string start = text.Length > Longest ? text[..Longest] + "…" : text;
        return string.Create(start.Length, start, static (letters, source) =>
        {
            for (int i = 0; i < letters.Length; i++)
            {
                letters[i] = char.IsControl(source[i]) ? '?' : source[i];
            }
        });
    }
}
