using System.Text;
using AotChat.Chat;
using AotChat.Text;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Chat;

/// <summary>How one line looks to different readers.</summary>
public sealed class LineViewSpecs
{
    private static readonly TimeZoneInfo Kathmandu = TimeZoneInfo.CreateCustomTimeZone("Kathmandu", new TimeSpan(5, 45, 0), "", "");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 2, 29, 23, 59, 59, TimeSpan.Zero).AddTicks(10));
    private readonly LineComposer _lines;
    private readonly LineViews _views;

    public LineViewSpecs()
    {
        _lines = new LineComposer(_time);
        _views = new LineViews(_lines);
    }

    [Fact]
    public void A_zone_changes_the_time_in_front() =>
        Assert.Equal("[20240301 05:44:59.000001] bob hi\n", Show(new(Zone: Kathmandu), Compose("bob", "hi")));

    [Fact]
    public void Off_leaves_the_time_out_but_not_that_of_the_history()
    {
        Assert.Equal("bob hi\n", Show(new(LineClock.Off), Compose("bob", "hi")));
        Assert.Equal("[20240229 23:59:59.000001] bob hi\n", Show(new(LineClock.Off), Compose("bob", "hi", LineKind.History)));
        Assert.Equal("[20240301 05:44:59.000001] bob hi\n", Show(new(LineClock.Off, Kathmandu), Compose("bob", "hi", LineKind.History)));
    }

    [Fact]
    public void A_short_time_has_the_date_where_the_day_changes_and_then_no_more()
    {
        LineView view = _views.Take(new(LineClock.Short, Kathmandu))!;
        long day = view.DayOf(_time.GetUtcNow().AddDays(-1).Ticks);
        long sameDay = view.DayOf(_time.GetUtcNow().Ticks);

        Assert.Equal("[20240301 05:44] bob hi\n", Text(view, view.Show(Compose("bob", "hi"), ref day)));
        Assert.Equal("[05:44] bob ho\n", Text(view, view.Show(Compose("bob", "ho"), ref day)));
        Assert.Equal("[05:44] bob ho\n", Text(view, view.Show(Compose("bob", "ho"), ref sameDay)));
    }

    [Fact]
    public void Only_a_broadcast_is_marked_as_one()
    {
        Assert.Equal("[20240229 23:59:59.000001] (all) bob hi\n", Show(new(MarksBroadcasts: true), Compose("bob", "hi", LineKind.Broadcast)));
        Assert.Equal("[20240229 23:59:59.000001] bob hi\n", Show(new(HasColours: false, EndsWithCrLf: false, RingsBell: true), Compose("bob", "hi", LineKind.Broadcast)));
        foreach (LineKind kind in Enum.GetValues<LineKind>().Where(kind => kind != LineKind.Broadcast))
        {
            Assert.Equal("[20240229 23:59:59.000001] bob hi\n", Show(new(MarksBroadcasts: true), Compose("bob", "hi", kind)));
        }
    }

    [Fact]
    public void No_name_begins_with_what_a_broadcast_is_marked_with() => Assert.False(NameRules.IsWellFormed("(all)"u8));

    [Fact]
    public void A_line_for_telnet_ends_with_cr_lf_in_every_look()
    {
        foreach (LineLook look in AllLooks())
        {
            string line = Show(look with { EndsWithCrLf = false }, Compose("bob", "hi @bob", LineKind.Room));
            string other = Show(look with { EndsWithCrLf = true }, Compose("bob", "hi @bob", LineKind.Room));

            Assert.Equal(line.Replace("\n", "\r\n", StringComparison.Ordinal), other);
        }
    }

    [Fact]
    public void Colours_stand_around_names_and_nothing_else()
    {
        string line = Show(new(HasColours: true), Compose("bob", "bob says hi"));

        Assert.Matches(@"^\[20240229 23:59:59\.000001\] \x1b\[\d\dmbob\x1b\[0m bob says hi\n$", line);
    }

    [Fact]
    public void A_name_has_the_same_colour_everywhere()
    {
        string[] colours = [.. new[] { "bob", "alice", "carol", "bob" }.Select(name => Show(new(LineClock.Off, HasColours: true), Compose(name, "hi")).Split('m')[0])];

        Assert.Equal(colours[0], colours[3]);
        Assert.NotEqual(colours[0], colours[1]);
    }

    [Fact]
    public void An_earlier_line_has_its_own_time()
    {
        _lines.Begin(new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc).Ticks);
        _lines.AppendLiteral("x"u8);

        Assert.Equal("[20200102 08:49:05.000000] x\n", Show(new(Zone: Kathmandu), _lines.End()));
    }

    [Fact]
    public void A_line_is_made_once_for_all_who_see_it_alike()
    {
        LineView view = _views.Take(new(MarksBroadcasts: true))!;
        Line line = Compose("bob", "hi", LineKind.Broadcast);
        Line other = Compose("alice", "ho", LineKind.Broadcast);
        long day = 0;

        Assert.Equal(view.Show(line, ref day), view.Show(line, ref day));
        Assert.Equal(view.Show(line, ref day).End, view.Show(other, ref day).Start);
    }

    [Fact]
    public void A_line_that_is_marked_for_one_leaves_those_of_the_others_in_a_row()
    {
        LineView view = _views.Take(new(HasColours: true))!;
        Line line = Compose("bob", "hi alice", LineKind.Room);
        Line other = Compose("bob", "ho alice", LineKind.Room);
        long day = 0;

        Line first = view.Show(line, ref day);
        Assert.True(view.IsMarkedFor(line, "alice"u8));
        Assert.EndsWith("hi \u001b[7malice\u001b[0m\n", Encoding.UTF8.GetString(view.ShowMarked(line, "alice"u8, ref day)), StringComparison.Ordinal);
        Assert.Equal(first, view.Show(line, ref day));
        Assert.Equal(first.End, view.Show(other, ref day).Start);
        Assert.EndsWith(" hi alice\n", Text(view, first), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_wish_is_the_same_view_until_the_last_reader_gives_it_back()
    {
        LineView? view = _views.Take(new(Zone: Kathmandu, HasColours: true));

        Assert.Same(view, _views.Take(new(HasColours: true, Zone: Kathmandu)));
        Assert.Null(_views.Take(default));
        Assert.Equal(1, _views.Count);

        _views.Return(view);
        Assert.Equal(1, _views.Count);
        _views.Return(view);
        Assert.Equal(0, _views.Count);
        Assert.NotSame(view, _views.Take(new(Zone: Kathmandu, HasColours: true)));
    }

    [Fact]
    public void Nothing_is_allocated_for_a_line_and_nothing_is_kept_for_a_turn()
    {
        LineView view = _views.Take(new(LineClock.Short, Kathmandu, HasColours: true, RingsBell: true, EndsWithCrLf: true))!;
        for (int i = 0; i < 100; i++)
        {
            Turn();
        }

        // Buffers of the pool may be lost to a garbage collection; one run is without.
        Assert.Contains(0, Enumerable.Range(0, 5).Select(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1_000; i++)
            {
                Turn();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));
        long day = 0;
        Assert.Equal(0, view.Show(ComposeBytes(), ref day).Start);

        void Turn()
        {
            long day = 0;
            for (int i = 0; i < 50; i++)
            {
                Line line = ComposeBytes();
                view.Show(line, ref day);
                if (view.IsMarkedFor(line, "enough"u8))
                {
                    view.ShowMarked(line, "enough"u8, ref day);
                }
            }

            _lines.Reset();
        }
    }

    private static IEnumerable<LineLook> AllLooks() =>
        from clock in Enum.GetValues<LineClock>()
        from zone in new[] { null, Kathmandu }
        from bits in Enumerable.Range(0, 8)
        select new LineLook(clock, zone, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);

    private Line ComposeBytes()
    {
        _lines.Begin();
        _lines.AppendName("somebody"u8);
        _lines.AppendLiteral(" "u8);
        _lines.MarkText(LineKind.Room);
        _lines.AppendLiteral("says something that is long enough"u8);
        return _lines.End();
    }

    private Line Compose(string name, string text, LineKind kind = LineKind.Direct)
    {
        _lines.Begin();
        _lines.AppendName(Encoding.ASCII.GetBytes(name));
        _lines.AppendLiteral(" "u8);
        if (kind != LineKind.Server)
        {
            _lines.MarkText(kind);
        }

        _lines.AppendText(text);
        return _lines.End();
    }

    private string Show(LineLook look, Line line)
    {
        if (_views.Take(look) is not { } view)
        {
            return Encoding.UTF8.GetString(_lines.Bytes(line));
        }

        long day = 0;
        string shown = Text(view, view.Show(line, ref day));
        _views.Return(view);
        return shown;
    }

    private static string Text(LineView view, Line line) => Encoding.UTF8.GetString(view.Bytes(line));
}
