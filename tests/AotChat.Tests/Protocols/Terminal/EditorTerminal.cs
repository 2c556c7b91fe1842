using System.Text;
using AotChat.Protocols.Terminal;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>Somebody at a terminal: types keys into an editor, sees a screen, and reads what others say meanwhile.</summary>
internal sealed class EditorTerminal
{
    public EditorTerminal(int columns = 80, int maxLineBytes = 4_096, ICompletion? completion = null, ScreenEmulator? screen = null)
    {
        Screen = screen ?? new ScreenEmulator(columns);
        Editor = new LineEditor(maxLineBytes, completion) { Columns = columns };
    }

    public LineEditor Editor { get; }

    public ScreenEmulator Screen { get; }

    /// <summary>The lines that were finished.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Whether the user wanted to leave.</summary>
    public bool HasQuit { get; private set; }

    /// <summary>What is on the screen, with the cursor as <c>|</c>.</summary>
    public string[] Sees => Screen.LinesWithCursor;

    /// <summary>What was sent to the terminal by the last call of <see cref="Type(string)"/>.</summary>
    public string Sent { get; private set; } = "";

    public EditorTerminal Type(string keys) => Type(Encoding.UTF8.GetBytes(keys));

    public EditorTerminal Type(byte[] keys)
    {
        Sent = "";
        ReadOnlySpan<byte> left = keys;
        while (!left.IsEmpty)
        {
            EditorResult result = Editor.Read(left, out int consumed);
            if (result == EditorResult.Line)
            {
                Lines.Add(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Editor.Line));
            }

            HasQuit |= result == EditorResult.Quit;
            left = left[consumed..];
            Drain();
        }

        return this;
    }

    /// <summary>Presses keys one byte at a time.</summary>
    public EditorTerminal TypeSlowly(byte[] keys)
    {
        foreach (byte key in keys)
        {
            Type([key]);
        }

        return this;
    }

    /// <summary>Somebody else says something.</summary>
    public EditorTerminal Receive(string line)
    {
        Editor.Hide();
        Drain();
        Screen.Write(Encoding.UTF8.GetBytes(line + "\r\n"));
        Editor.Show();
        Drain();
        return this;
    }

    /// <summary>Shows what the editor has sent.</summary>
    public void Drain()
    {
        Sent += Encoding.UTF8.GetString(Editor.Output);
        Screen.Write(Editor.Output);
        Editor.ClearOutput();
    }
}
