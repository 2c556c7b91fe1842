using System.Globalization;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>What a line editor is, without bytes and without a screen: a text with a cursor in it.</summary>
internal sealed class EditorModel
{
    /// <summary>The keys that it knows, with what a terminal sends for them; all else is text.</summary>
    public static readonly string[] Keys =
    [
        "\b", "\u007f", "\u0004", "\e[3~", "\e[D", "\eOD", "\u0002", "\e[C", "\u0006", "\e[H", "\u0001", "\eOF", "\u0005",
        "\u000b", "\u0017", "\eb", "\e[1;5C", "\u0015", "\u0003", "\e[A", "\e[B", "\e[15~", "\0",
    ];

    private readonly List<string> _history = [];
    private int _up;
    private string _unfinished = "";

    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    public List<string> Lines { get; } = [];

    private string Before => Text[..Cursor];

    private string After => Text[Cursor..];

    public void Press(string key)
    {
        switch (key)
        {
            case "\r" or "\n" or "\r\n" or "\r\0":
                Finish();
                break;
            case "\b" or "\u007f":
                Set(Before[..LastStart(Before)] + After, LastStart(Before));
                break;
            case "\u0004" or "\e[3~":
                Set(Before + After[FirstLength(After)..], Cursor);
                break;
            case "\e[D" or "\eOD" or "\u0002":
                Cursor = LastStart(Before);
                break;
            case "\e[C" or "\u0006":
                Cursor += FirstLength(After);
                break;
            case "\e[H" or "\u0001":
                Cursor = 0;
                break;
            case "\eOF" or "\u0005":
                Cursor = Text.Length;
                break;
            case "\u000b":
                Set(Before, Cursor);
                break;
            case "\u0017":
                Set(Before[..WordStart(Before)] + After, WordStart(Before));
                break;
            case "\eb":
                Cursor = WordStart(Before);
                break;
            case "\e[1;5C":
                string word = After.TrimStart(' ');
                int end = word.IndexOf(' ', StringComparison.Ordinal);
                Cursor = Text.Length - word.Length + (end < 0 ? word.Length : end);
                break;
            case "\u0015" or "\u0003":
                Set("", 0);
                _up = key == "\u0003" ? 0 : _up;
                break;
            case "\e[A" when _up < _history.Count:
                _unfinished = _up == 0 ? Text : _unfinished;
                Recall(_up + 1);
                break;
            case "\e[B" when _up > 0:
                Recall(_up - 1);
                break;
            case "\e[A" or "\e[B" or "\e[15~" or "\0":
                break;
            default:
                Set(Before + key + After, Cursor + key.Length);
                break;
        }
    }

    private static int LastStart(string text) => text.Length == 0 ? 0 : StringInfo.ParseCombiningCharacters(text)[^1];

    private static int FirstLength(string text) => StringInfo.GetNextTextElementLength(text);

    private static int WordStart(string text) => text.TrimEnd(' ').LastIndexOf(' ') + 1;

    private void Finish()
    {
        Lines.Add(Text);
        if (Text.Length > 0 && (_history.Count == 0 || _history[^1] != Text))
        {
            _history.Add(Text);
        }

        _up = 0;
        Set("", 0);
    }

    private void Recall(int up)
    {
        _up = up;
        string line = up == 0 ? _unfinished : _history[^up];
        Set(line, line.Length);
    }

    private void Set(string text, int cursor)
    {
        Text = text;
        Cursor = cursor;
    }
}
