using System.Text;
using AotChat.Tests.Protocols.Terminal;

namespace AotChat.Tests.Simulation;

/// <summary>
/// Somebody at a telnet client: what is typed is sent as the client's mode says, what arrives is obeyed or shown on an
/// emulated screen. The client agrees to ECHO, SUPPRESS-GO-AHEAD and NAWS, as GNU telnet does.
/// </summary>
internal sealed class TelnetUser(SimulatedChat chat, int columns = 80)
{
    private const byte Iac = 255, Dont = 254, Do = 253, Wont = 252, Will = 251, Sb = 250, Se = 240;
    private const byte Echo = 1, SuppressGoAhead = 3, WindowSize = 31;

    private readonly HashSet<byte> _on = [];

    // What it has asked for or ended itself: the server's word on it is an answer, which gets none (RFC 1143).
    private readonly HashSet<byte> _asked = [];
    private int _columns = columns;

    public SimulatedClient Client { get; } = chat.Connect();

    public ScreenEmulator Screen { get; } = new(columns);

    /// <summary>Whether the client sends every key and lets the server echo.</summary>
    public bool IsInCharacterMode => _on.Contains(Echo) && _on.Contains(SuppressGoAhead);

    /// <summary>What is on the screen, without the times, with the cursor as <c>|</c>.</summary>
    public string[] Sees => [.. Screen.LinesWithCursor.Select(line => line.StartsWith('[') ? line[Math.Min(27, line.Length)..] : line)];

    /// <summary>The user switches the client to single characters, as with GNU telnet's <c>mode character</c>.</summary>
    public TelnetUser SwitchToCharacters()
    {
        _asked.UnionWith([Echo, SuppressGoAhead]);
        return Send([Iac, Do, SuppressGoAhead, Iac, Do, Echo]);
    }

    /// <summary>The user switches it back to lines, as with <c>mode line</c>.</summary>
    public TelnetUser SwitchToLines()
    {
        _on.ExceptWith([Echo, SuppressGoAhead]);
        _asked.UnionWith([Echo, SuppressGoAhead]);
        return Send([Iac, Dont, SuppressGoAhead, Iac, Dont, Echo]);
    }

    /// <summary>The window gets another width.</summary>
    public TelnetUser Resize(int width)
    {
        _columns = width;
        return Send([.. WindowSizeNow()]);
    }

    /// <summary>Presses keys, one packet for each.</summary>
    public TelnetUser Press(string keys)
    {
        foreach (byte value in Encoding.UTF8.GetBytes(keys))
        {
            Send([value]);
        }

        return this;
    }

    /// <summary>Sends bytes in one packet, and takes what comes back.</summary>
    public TelnetUser Send(byte[] bytes)
    {
        Client.Send(bytes);
        return Look();
    }

    /// <summary>Takes what has arrived.</summary>
    public TelnetUser Look()
    {
        byte[] arrived = Client.Transport.Read();
        List<byte> shown = [];
        List<byte> answers = [];
        for (int i = 0; i < arrived.Length; i++)
        {
            if (arrived[i] != Iac)
            {
                shown.Add(arrived[i]);
                continue;
            }

            Obey(arrived[i + 1], arrived[i + 2], answers);
            i += 2;
        }

        Screen.Write([.. shown]);
        return answers.Count > 0 ? Send([.. answers]) : this;
    }

    private void Obey(byte verb, byte option, List<byte> answers)
    {
        bool isOn = verb is Will or Do;
        if (option == WindowSize && verb == Do)
        {
            answers.AddRange([Iac, Will, WindowSize, .. WindowSizeNow()]);
        }
        else if (option is Echo or SuppressGoAhead && verb is Will or Wont)
        {
            bool isNew = isOn ? _on.Add(option) : _on.Remove(option);
            answers.AddRange(isNew && !_asked.Remove(option) ? [Iac, isOn ? Do : Dont, option] : []);
            _asked.Remove(option);
        }
    }

    private byte[] WindowSizeNow() => [Iac, Sb, WindowSize, (byte)(_columns >> 8), (byte)_columns, 0, 24, Iac, Se];
}
