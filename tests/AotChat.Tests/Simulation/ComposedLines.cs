using System.Text;
using AotChat.Chat;
using AotChat.Protocols.Terminal;

namespace AotChat.Tests.Simulation;

/// <summary>Events and their lines, without anybody who gets them.</summary>
internal sealed class ComposedLines
{
    public ComposedLines(TimeProvider time)
    {
        Events = new EventLog(time);
        Notices = new NoticeComposer(Events);
        Encoders = new TerminalEncoders(time);
    }

    public EventLog Events { get; }

    public NoticeComposer Notices { get; }

    public TerminalEncoders Encoders { get; }

    /// <summary>Somebody of that name does something.</summary>
    public ChatEvent Raise(ChatEventKind kind, string name, string text, Room? room = null) =>
        Events.Raise(kind, new User(Encoding.ASCII.GetBytes(name), [], 0), room, Encoding.UTF8.GetBytes(text));

    /// <summary>The server says something, in the usual look.</summary>
    public Line Compose(string text)
    {
        Notices.Begin().AppendText(text);
        return Encoders.Usual.Encode(Notices.End());
    }

    public ReadOnlySpan<byte> Bytes(Line line) => Encoders.Usual.Bytes(line);

    public string Text(Line line) => Encoding.UTF8.GetString(Bytes(line));

    /// <summary>The turn ends.</summary>
    public void Reset()
    {
        Encoders.Reset();
        Events.Reset();
    }
}
