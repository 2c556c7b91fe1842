using System.Buffers.Text;
using AotChat.Chat;

namespace AotChat.Protocols.Terminal;

/// <summary>Writes what a terminal is shown of each kind of event. Owned by the event loop.</summary>
/// <remarks>
/// What users wrote goes through <see cref="LineBuffer.AppendText"/>, so that colours and the bell come from the server alone.
/// Behind <c>#ROOM</c> stands a name where somebody says something, and otherwise a mark that no name begins with: <c>*</c>
/// for a deed, <c>+</c> for joining, <c>-</c> for leaving and what is taken away, <c>=</c> for a topic, <c>[N]</c> for a line of the history. So
/// nothing that a user says can be taken for something that happened.
/// </remarks>
/// <param name="look">How lines look.</param>
/// <param name="stamp">Writes times of the look's zone.</param>
/// <param name="words">The words of the event's text that may be names; read before a line for one reader is made.</param>
internal abstract class EventWriter(TerminalLook look, LineStamp stamp, LineWords words) : LineBuffer
{
    private const int NumberBytes = 20;

    /// <summary>How lines look here.</summary>
    public TerminalLook Look => look;

    /// <summary>Writes times of the look's zone.</summary>
    protected LineStamp Stamp => stamp;

    /// <summary>The words of the event's text that may be names.</summary>
    protected LineWords Words => words;

    /// <summary>Adds the time in front of a line, as far as the look shows it.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="hasDay">Whether a short time has its day.</param>
    protected void AppendTime(ChatEvent happened, bool hasDay)
    {
        LineClock clock = Look.Preferences.Clock;
        if (clock == LineClock.Off && !happened.IsReplayed)
        {
            return;
        }

        if (clock != LineClock.Short)
        {
            Stamp.Write(happened.Ticks, Reserve(LineStamp.Length));
            Count += LineStamp.Length;
            return;
        }

        Span<byte> stamp = stackalloc byte[LineStamp.Length];
        Stamp.Write(happened.Ticks, stamp);
        Append("["u8);
        Append(stamp[(hasDay ? LineStamp.DateAt : LineStamp.TimeAt)..LineStamp.MinuteEnd]);
        Append("] "u8);
    }

    /// <summary>Adds what stands behind the time; true where the reader is named in it.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="reader">The name of the one reader that the line is made for; empty where it is for all.</param>
    protected bool AppendBody(ChatEvent happened, ReadOnlySpan<byte> reader)
    {
        switch (happened.Kind)
        {
            case ChatEventKind.Notice:
                AppendNotice(happened);
                return false;

            case ChatEventKind.Said:
            case ChatEventKind.Acted:
                AppendRoom(happened);
                AppendNumber(happened);
                Append(happened.Kind == ChatEventKind.Acted ? " * "u8 : " "u8);
                return AppendNameAndText(happened, reader);

            case ChatEventKind.Joined:
                AppendInRoom(happened, " + "u8, " joined"u8);
                return false;

            case ChatEventKind.Left:
                AppendInRoom(happened, " - "u8, " left"u8);
                return false;

            case ChatEventKind.Quit:
                AppendInRoom(happened, " - "u8, happened.Text.IsEmpty ? " quit"u8 : " quit: "u8);
                return AppendAuthorsText(happened, reader);

            case ChatEventKind.Kicked:
                AppendInRoom(happened, " - "u8, " was put out by "u8);
                AppendName(happened.Author!.Name);
                if (!happened.Text.IsEmpty)
                {
                    Append(": "u8);
                }

                return AppendAuthorsText(happened, reader);

            case ChatEventKind.Removed:
                AppendRemoved(happened);
                return false;

            case ChatEventKind.TopicSet:
                AppendInRoom(happened, " = "u8, " set the topic: "u8);
                return AppendAuthorsText(happened, reader);

            case ChatEventKind.Renamed:
                // The owner of the name could say a line that begins with it.
                Append("User "u8);
                AppendName(happened.Name);
                Append(" is now known as "u8);
                AppendName(happened.Text);
                return false;

            case ChatEventKind.Sent:
                // No name begins with the bracket.
                Append("(to "u8);
                AppendName(happened.Recipient);
                Append(") "u8);
                return AppendNameAndText(happened, default);

            case ChatEventKind.Direct:
            case ChatEventKind.Broadcast:
                if (happened.Kind == ChatEventKind.Broadcast && Look.Preferences.MarksBroadcasts)
                {
                    Append("(all) "u8);
                }

                return AppendNameAndText(happened, reader);

            default:
                throw new ArgumentOutOfRangeException(nameof(happened), happened.Kind, "A terminal has no line for it.");
        }
    }

    private void AppendNotice(ChatEvent notice)
    {
        foreach (NoticePart part in notice.Parts)
        {
            switch (part.Kind)
            {
                case NoticePartKind.Name:
                    AppendName(notice.BytesOf(part));
                    break;

                case NoticePartKind.Text:
                    AppendText(notice.BytesOf(part));
                    break;

                case NoticePartKind.Time:
                    Append(Stamp.Date(part.Ticks));
                    break;

                default:
                    Append(notice.BytesOf(part));
                    break;
            }
        }
    }

    private void AppendInRoom(ChatEvent happened, ReadOnlySpan<byte> mark, ReadOnlySpan<byte> what)
    {
        AppendRoom(happened);
        Append(mark);
        AppendName(happened.Name);
        Append(what);
    }

    private void AppendRemoved(ChatEvent happened)
    {
        AppendRoom(happened);
        Append(" - line "u8);
        Span<byte> digits = stackalloc byte[NumberBytes];
        Utf8Formatter.TryFormat(happened.Number, digits, out int written);
        Append(digits[..written]);
        Append(" was removed by "u8);
        AppendName(happened.Name);
    }

    private void AppendRoom(ChatEvent happened)
    {
        Append("#"u8);
        Append(happened.Room!.Name);
    }

    private void AppendNumber(ChatEvent happened)
    {
        if (happened.IsReplayed)
        {
            Append(" ["u8);
            Span<byte> digits = stackalloc byte[NumberBytes];
            Utf8Formatter.TryFormat(happened.Number, digits, out int written);
            Append(digits[..written]);
            Append("]"u8);
        }
    }

    private void AppendName(ReadOnlySpan<byte> name)
    {
        if (!Look.Preferences.HasColours)
        {
            Append(name);
            return;
        }

        Append(LineColours.Of(name));
        Append(name);
        Append(LineColours.End);
    }

    private bool AppendNameAndText(ChatEvent happened, ReadOnlySpan<byte> reader)
    {
        if (reader.IsEmpty && !Look.Preferences.HasColours)
        {
            AppendText(happened.NameAndText);
            return false;
        }

        AppendName(happened.Name);
        Append(" "u8);
        return AppendAuthorsText(happened, reader);
    }

    private bool AppendAuthorsText(ChatEvent happened, ReadOnlySpan<byte> reader)
    {
        ReadOnlySpan<byte> text = happened.Text;
        bool isNamed = false;
        int done = 0;
        int next = 0;
        while (!reader.IsEmpty && words.TryFind(text, reader, ref next, out Word word))
        {
            isNamed = true;
            if (Look.Preferences.HasColours)
            {
                AppendText(text[done..word.Start]);
                Append(LineColours.Mention);
                Append(text.Slice(word.Start, word.Length));
                Append(LineColours.End);
                done = word.Start + word.Length;
            }
        }

        AppendText(text[done..]);
        return isNamed;
    }

    /// <summary>Whether the bell rings: for what comes now; what is shown again is only marked.</summary>
    protected bool Rings(ChatEvent happened, bool isNamed) =>
        Look.Preferences.RingsBell && !happened.IsReplayed && (happened.Kind == ChatEventKind.Direct || isNamed);
}
