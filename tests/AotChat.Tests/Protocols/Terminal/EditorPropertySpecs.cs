using System.Globalization;
using System.Text;
using AotChat.Protocols.Terminal;
using AotChat.Text;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>The editor does what a text with a cursor does, whatever is typed and however it arrives.</summary>
public sealed class EditorPropertySpecs
{
    private static readonly string[] Text =
        ["a", "b", "x", " ", "hello ", "é", "e\u0301", "漢", "字", "😀", "👍🏽", "👨‍👩‍👧", "🇦🇹", "हि", "\u0301", "…", "/msg bob "];

    private static readonly string[] Ends = ["\r\n", "\n", "\r\0"];

    [Theory]
    [InlineData(80)]
    [InlineData(20)]
    [InlineData(11)]
    public void The_screen_shows_the_text_and_the_cursor_after_every_key(int columns)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            EditorModel model = new();
            ScreenEmulator screen = seed % 2 == 0 ? new(columns) : new(columns, _ => 1);
            EditorTerminal terminal = new(columns, screen: screen);
            for (int i = 0; i < 150; i++)
            {
                string key = NextKey(random);
                int wraps = screen.Wraps;
                model.Press(key);
                terminal.Type(key);
                if (random.Next(5) == 0)
                {
                    terminal.Receive("bob hi");
                }

                string told = $"seed {seed}, key {i}, {Uri.EscapeDataString(key)} in {model.Text} at {model.Cursor}";
                Assert.True(Shows(screen, model, columns), $"{told}: {string.Join('\n', terminal.Sees)}");
                Assert.True(screen.Wraps == wraps || Ends.Contains(key), told);
            }

            Assert.Equal(model.Lines, terminal.Lines);
        }
    }

    [Fact]
    public void Keys_mean_the_same_however_they_are_split()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            Random random = new(seed);
            string keys = string.Concat(Enumerable.Range(0, 120).Select(_ => NextKey(random)));
            byte[] bytes = Encoding.UTF8.GetBytes(keys);

            EditorTerminal whole = new EditorTerminal(columns: 20).Type(bytes);
            EditorTerminal slow = new EditorTerminal(columns: 20).TypeSlowly(bytes);
            EditorTerminal split = TypeSplit(bytes, random);

            Assert.Equal(slow.Lines, whole.Lines);
            Assert.Equal(slow.Lines, split.Lines);
            Assert.Equal(slow.Sees, whole.Sees);
            Assert.Equal(slow.Sees, split.Sees);
        }
    }

    [Fact]
    public void Any_bytes_become_clean_lines_and_send_the_terminal_nothing_else()
    {
        string[] hostile = ["\e", "\e[", "\e]", "\eP", "\u009b", "\u009d", "\t", "\e[200~", "\e[201~", "\u202e", "\e[99999;99999", "\u000c", "\u0003"];
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            EditorTerminal terminal = new(columns: random.Next(3, 90), maxLineBytes: random.Next(1, 200), new OddCompletion());
            for (int i = 0; i < 60; i++)
            {
                byte[] bytes = new byte[random.Next(1, 40)];
                random.NextBytes(bytes);

                // The emulated screen throws where it is sent what it doesn't know.
                terminal.Type(random.Next(3) == 0 ? bytes : Encoding.UTF8.GetBytes(hostile[random.Next(hostile.Length)] + NextKey(random)));
                Toggle(terminal, random);
            }

            Assert.All(terminal.Lines, line => Assert.Equal(line.Replace("\t", "", StringComparison.Ordinal), CleanOf(line)));
        }
    }

    [Fact]
    public void One_packet_of_hostile_keys_makes_no_giant_output()
    {
        foreach (string key in (string[])["\t", "\u0010", "\u000c", "\u0003", "\b", "\e[D", "x\u0001", "\e]"])
        {
            LineEditor editor = new(4_096, new OddCompletion());
            editor.Read(Encoding.UTF8.GetBytes(new string('y', 4_000) + "\n" + new string('z', 3_000)), out int consumed);
            editor.Read(new byte[3_000], out _);
            editor.ClearOutput();
            byte[] keys = [.. Enumerable.Repeat(Encoding.UTF8.GetBytes(key), 10_000).SelectMany(bytes => bytes)];
            editor.Read(keys, out consumed);

            Assert.Equal(keys.Length, consumed);
            Assert.InRange(editor.Output.Length, 0, (keys.Length * 8) + 8_192);
        }
    }

    private static string CleanOf(string line) => Encoding.UTF8.GetString(TerminalText.Copy(Encoding.UTF8.GetBytes(line)));

    private static string NextKey(Random random) => random.Next(100) switch
    {
        < 60 => Text[random.Next(Text.Length)],
        < 95 => EditorModel.Keys[random.Next(EditorModel.Keys.Length)],
        _ => Ends[random.Next(Ends.Length)],
    };

    private static EditorTerminal TypeSplit(byte[] bytes, Random random)
    {
        EditorTerminal terminal = new(columns: 20);
        for (int at = 0; at < bytes.Length;)
        {
            int length = Math.Min(random.Next(1, 12), bytes.Length - at);
            terminal.Type(bytes[at..(at + length)]);
            at += length;
        }

        return terminal;
    }

    private static void Toggle(EditorTerminal terminal, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                terminal.Editor.Hide();
                break;
            case 1:
                terminal.Editor.Show();
                break;
            case 2:
                terminal.Editor.IsEchoing = !terminal.Editor.IsEchoing;
                break;
            case 3:
                terminal.Editor.Columns = random.Next(0, 100);
                break;
            default:
                terminal.Receive("bob hi");
                break;
        }

        terminal.Drain();
    }

    // The cursor is drawn behind a letter with its marks, as many of them as fit.
    private static bool Shows(ScreenEmulator screen, EditorModel model, int columns)
    {
        int cursor = model.Cursor;
        while (!Shows(screen, model.Text, cursor, columns))
        {
            if (cursor == 0 || cursor == model.Text.Length || !IsMark(model.Text[cursor]))
            {
                return false;
            }

            cursor++;
        }

        return true;
    }

    // In front of the cursor stands what is in front of it in the text, as much as fits, and behind it what is behind.
    private static bool Shows(ScreenEmulator screen, string text, int cursor, int columns)
    {
        (string left, string right) = WithoutFirstMarks(screen.LeftOfCursor, screen.RightOfCursor);
        (string before, string after) = WithoutFirstMarks(text[..cursor], text[cursor..]);
        bool fits = CharacterWidth.AtMost(Encoding.UTF8.GetBytes(text)) < columns;
        return fits
            ? left == before && right == after.TrimEnd(' ')
            : before.EndsWith(left, StringComparison.Ordinal)
                && after.StartsWith(right, StringComparison.Ordinal)
                && left.Length + right.Length >= (columns - 2) / 2;
    }

    // A mark at the beginning of a row belongs to no letter: what a terminal makes of it is its own affair.
    private static (string Left, string Right) WithoutFirstMarks(string left, string right)
    {
        string whole = left + right;
        int marks = whole.TakeWhile(IsMark).Count();
        return (left[Math.Min(marks, left.Length)..], right[Math.Max(marks - left.Length, 0)..]);
    }

    private static bool IsMark(char character) => char.GetUnicodeCategory(character)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;

    // Offers more than anybody reads.
    private sealed class OddCompletion : ICompletion
    {
        public void Complete(ReadOnlySpan<byte> text, CandidateList candidates)
        {
            candidates.Begin(text, text.Length, " "u8.ToArray());
            for (int i = 0; i < 300; i++)
            {
                candidates.Offer($"word-that-is-rather-long-{i}");
            }
        }
    }
}
