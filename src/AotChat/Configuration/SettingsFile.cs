using System.Text;

namespace AotChat.Configuration;

/// <summary>
/// A file of settings: one <c>NAME = VALUE</c> a line, and comments, which begin with <c>#</c> or <c>;</c> at the start of
/// a line or after white space. A value in double quotes may hold those.
/// </summary>
internal sealed class SettingsFile
{
    private const char ByteOrderMark = '\uFEFF';
    private const char Undecodable = '\uFFFD';

    private readonly string _name;
    private readonly List<Setting> _settings = [];
    private readonly List<string> _problems = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.OrdinalIgnoreCase);

    private SettingsFile(string path) => _name = SafeText.Of(path);

    /// <summary>What it sets, in its order.</summary>
    public IReadOnlyList<Setting> Settings => _settings;

    /// <summary>What is wrong with its lines, each with its number.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Reads the text of a file.</summary>
    /// <param name="path">What messages call the file.</param>
    /// <param name="bytes">Its text in UTF-8.</param>
    public static SettingsFile Parse(string path, ReadOnlySpan<byte> bytes)
    {
        SettingsFile file = new(path);
        if (bytes.Contains((byte)0))
        {
            // UTF-16 has them, and so has everything that is no text.
            file._problems.Add($"{file._name}: it is not a text file in UTF-8, since it has zero bytes");
            return file;
        }

        string[] lines = Encoding.UTF8.GetString(bytes).TrimStart(ByteOrderMark).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            file.ReadLine(lines[i].Trim(), i + 1);
        }

        return file;
    }

    private void ReadLine(string line, int number)
    {
        if (line.Length == 0 || IsComment(line[0]))
        {
            return;
        }

        int equals = line.IndexOf('=', StringComparison.Ordinal);
        string key = equals < 0 ? "" : line[..equals].TrimEnd();
        if (line[0] == '[')
        {
            Report(number, "sections are not supported; write NAME = VALUE");
        }
        else if (key.Length == 0)
        {
            Report(number, $"'{SafeText.Of(line)}' is not a setting; write NAME = VALUE");
        }
        else if (!TryReadValue(line[(equals + 1)..].TrimStart(), out string value))
        {
            Report(number, $"{SafeText.Of(key)}: a value that begins with a double quote must end with one");
        }
        else if (line.Contains(Undecodable, StringComparison.Ordinal) && (key + value).Contains(Undecodable, StringComparison.Ordinal))
        {
            Report(number, $"{SafeText.Of(key)}: this is not UTF-8; save the file in UTF-8");
        }
        else if (!_lines.TryAdd(key, number))
        {
            Report(number, $"{SafeText.Of(key)}: it is set in line {_lines[key]} already; remove one of the two");
        }
        else
        {
            _settings.Add(new Setting(key, value, $"{_name}:{number}: {SafeText.Of(key)}", $"{_name}:{number}"));
        }
    }

    // The text begins with the value and may end with a comment.
    private static bool TryReadValue(string text, out string value)
    {
        if (text.StartsWith('"'))
        {
            int end = text.IndexOf('"', 1);
            value = end < 0 ? "" : text[1..end];
            string rest = end < 0 ? "" : text[(end + 1)..].TrimStart();
            return end >= 0 && (rest.Length == 0 || IsComment(rest[0]));
        }

        int comment = 0;
        while (comment < text.Length && !(IsComment(text[comment]) && (comment == 0 || char.IsWhiteSpace(text[comment - 1]))))
        {
            comment++;
        }

        value = text[..comment].TrimEnd();
        return true;
    }

    private static bool IsComment(char letter) => letter is '#' or ';';

    private void Report(int number, string problem) => _problems.Add($"{_name}:{number}: {problem}");
}
