using System.Globalization;
using System.Text;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>Telnet bytes as text that people read: <c>DO ECHO SB NAWS 0 80 0 24 SE 'w'</c>; each command has its IAC.</summary>
internal static class TelnetText
{
    // From 236 on, without a gap.
    private static readonly string[] Commands =
    [
        "EOF", "SUSP", "ABORT", "EOR", "SE", "NOP", "DM", "BRK", "IP", "AO", "AYT", "EC", "EL", "GA", "SB", "WILL", "WONT", "DO", "DONT", "IAC",
    ];

    private static readonly (string Name, byte Value)[] Options =
    [
        ("BINARY", 0), ("ECHO", 1), ("SGA", 3), ("STATUS", 5), ("TM", 6), ("TTYPE", 24), ("NAWS", 31), ("TSPEED", 32),
        ("LFLOW", 33), ("LINEMODE", 34), ("OLD-ENVIRON", 36), ("ENCRYPT", 38), ("NEW-ENVIRON", 39),
    ];

    public static byte[] Parse(string text)
    {
        List<byte> bytes = [];
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int command = Array.IndexOf(Commands, word);
            int option = Array.FindIndex(Options, known => known.Name == word);
            if (command >= 0)
            {
                bytes.AddRange([255, (byte)(236 + command)]);
            }
            else if (word[0] == '\'')
            {
                bytes.AddRange(Encoding.Latin1.GetBytes(word.Trim('\'')));
            }
            else
            {
                bytes.Add(option >= 0 ? Options[option].Value : byte.Parse(word, CultureInfo.InvariantCulture));
            }
        }

        return [.. bytes];
    }

    /// <summary>The text of what a server sends: commands about options.</summary>
    public static string Format(IReadOnlyList<byte> bytes)
    {
        List<string> words = [];
        for (int i = 0; i < bytes.Count; i += 3)
        {
            Assert.Equal(255, bytes[i]);
            words.Add(Commands[bytes[i + 1] - 236]);
            words.Add(Options.FirstOrDefault(known => known.Value == bytes[i + 2]).Name ?? $"{bytes[i + 2]}");
        }

        return string.Join(' ', words);
    }
}
