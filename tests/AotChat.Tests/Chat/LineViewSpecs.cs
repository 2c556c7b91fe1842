using System.Text;
using AotChat.Chat;
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
        Assert.Equal("[20240301 05:44:59.000001] bob hi\n", Show(_views.WithClock(null, LineClock.Zone, Kathmandu)!, Compose("bob", "hi")));

    [Fact]
    public void Off_leaves_the_time_out() =>
        Assert.Equal("bob hi\n", Show(_views.WithClock(null, LineClock.Off, null)!, Compose("bob", "hi")));

    [Fact]
    public void Colours_stand_around_names_and_nothing_else()
    {
        string line = Show(_views.WithColours(null, true)!, Compose("bob", "bob says hi"));

        Assert.Matches(@"^\[20240229 23:59:59\.000001\] \x1b\[\d\dmbob\x1b\[0m bob says hi\n$", line);
    }

    [Fact]
    public void A_name_has_the_same_colour_everywhere()
    {
        LineView view = _views.WithColours(_views.WithClock(null, LineClock.Off, null), true)!;
        string[] colours = [.. new[] { "bob", "alice", "carol", "bob" }.Select(name => Show(view, Compose(name, "hi")).Split('m')[0])];

        Assert.Equal(colours[0], colours[3]);
        Assert.NotEqual(colours[0], colours[1]);
    }

    [Fact]
    public void An_earlier_line_has_its_own_time()
    {
        _lines.Begin(new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc).Ticks);
        _lines.AppendLiteral("x"u8);

        Assert.Equal("[20200102 08:49:05.000000] x\n", Show(_views.WithClock(null, LineClock.Zone, Kathmandu)!, _lines.End()));
    }

    [Fact]
    public void A_line_is_made_once_for_all_who_see_it_alike()
    {
        LineView view = _views.WithColours(null, true)!;
        Line line = Compose("bob", "hi");
        Line other = Compose("alice", "ho");

        Assert.Equal(view.Show(line), view.Show(line));
        Assert.Equal(view.Show(line).End, view.Show(other).Start);
    }

    [Fact]
    public void The_same_wish_is_the_same_view()
    {
        LineView? view = _views.WithColours(_views.WithClock(null, LineClock.Off, null), true);

        Assert.Same(view, _views.WithClock(_views.WithColours(null, true), LineClock.Off, null));
        Assert.Null(_views.WithClock(_views.WithColours(view, false), LineClock.Local, null));
    }

    [Fact]
    public void Nothing_is_allocated_for_a_line_and_nothing_is_kept_for_a_turn()
    {
        LineView view = _views.WithColours(_views.WithClock(null, LineClock.Zone, Kathmandu), true)!;
        for (int i = 0; i < 100; i++)
        {
            Turn();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            Turn();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, view.Show(ComposeBytes()).Start);

        void Turn()
        {
            for (int i = 0; i < 50; i++)
            {
                view.Show(ComposeBytes());
            }

            _lines.Reset();
        }
    }

    private Line ComposeBytes()
    {
        _lines.Begin();
        _lines.AppendName("somebody"u8);
        _lines.AppendLiteral(" says something that is long enough"u8);
        return _lines.End();
    }

    private Line Compose(string name, string text)
    {
        _lines.Begin();
        _lines.AppendName(Encoding.ASCII.GetBytes(name));
        _lines.AppendLiteral(" "u8);
        _lines.AppendText(text);
        return _lines.End();
    }

    private static string Show(LineView view, Line line) => Encoding.UTF8.GetString(view.Bytes(view.Show(line)));
}
