using AotChat.Chat;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// How one reader sees lines: the view that all readers of this look share, and what is this reader's alone. A mutable
/// structure that belongs to its session.
/// </summary>
internal struct SessionView
{
    // The day of the last line, as the view writes it; only kept where the time is short.
    private long _day;

    /// <summary>Shows the lines; null for the usual look.</summary>
    public LineView? Lines { get; private set; }

    /// <summary>The look.</summary>
    public readonly LineLook Look => Lines?.Look ?? default;

    /// <summary>Chooses a look. What waits in the lines of the look before must be the reader's own by now.</summary>
    public void Change(LineLook look, ChatState chat)
    {
        LineClock before = Look.Clock;
        LineView? view = chat.Views.Take(look);
        chat.Views.Return(Lines);
        Lines = view;
        if (view is not null && look.Clock == LineClock.Short && before != LineClock.Short)
        {
            _day = view.DayOf(chat.Lines.Now);
        }
    }

    /// <summary>Writes a line in the form that this reader sees; where it is not taken, it is counted as missed or refused.</summary>
    public bool TryWrite(LineView view, Line line, Session session, Delivery delivery, ref SessionOutput output, TerminalServer server)
    {
        // The day has been shown only when the line is taken.
        long day = _day;
        bool isTaken = view.MarksForReaders && view.IsMarkedFor(line, session.User.Name)
            ? output.TryWrite(view.ShowMarked(line, session.User.Name, ref day), delivery, view, server.Budget, server.Counters)
            : output.TryWrite(view.Show(line, ref day), delivery, view, server.Budget, server.Counters);
        _day = isTaken ? day : _day;
        return isTaken;
    }
}
