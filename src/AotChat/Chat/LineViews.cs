namespace AotChat.Chat;

/// <summary>
/// The looks that readers have asked for, one <see cref="LineView"/> each, however many share it. There are no more than
/// twice the time zones of the system, and they hold nothing while nobody uses them. Owned by the event loop.
/// </summary>
internal sealed class LineViews(LineComposer lines)
{
    private readonly Dictionary<(LineClock Clock, string? Zone, bool HasColours), LineView> _views = [];

    /// <summary>The same look as somebody has, by another clock; null for the usual look.</summary>
    public LineView? WithClock(LineView? present, LineClock clock, TimeZoneInfo? zone) =>
        Find(clock, zone, present?.HasColours ?? false);

    /// <summary>The same look as somebody has, with or without colours; null for the usual look.</summary>
    public LineView? WithColours(LineView? present, bool hasColours) =>
        Find(present?.Clock ?? LineClock.Local, present?.Zone, hasColours);

    private LineView? Find(LineClock clock, TimeZoneInfo? zone, bool hasColours)
    {
        if (clock == LineClock.Local && !hasColours)
        {
            return null;
        }

        if (!_views.TryGetValue((clock, zone?.Id, hasColours), out LineView? view))
        {
            view = new LineView(lines, clock, zone, hasColours);
            _views.Add((clock, zone?.Id, hasColours), view);
        }

        return view;
    }
}
