using System.Runtime.CompilerServices;
using System.Text;
using AotChat.Chat;
using AotChat.Protocols.Terminal;
using AotChat.Tests.Simulation;
using AotChat.Text;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>How one event looks to different readers.</summary>
public sealed class TerminalEncoderSpecs
{
    private static readonly TimeZoneInfo Kathmandu = TimeZoneInfo.CreateCustomTimeZone("Kathmandu", new TimeSpan(5, 45, 0), "", "");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 2, 29, 23, 59, 59, TimeSpan.Zero).AddTicks(10));
    private readonly ComposedLines _lines;
    private readonly User _somebody = new("somebody"u8.ToArray(), [], 0);
    private readonly Room _room = new("lobby"u8.ToArray(), []) { Id = 1 };

    public TerminalEncoderSpecs()
    {
        _lines = new ComposedLines(_time);
    }

    [Fact]
    public void A_zone_changes_the_time_in_front() =>
        Assert.Equal("[20240301 05:44:59.000001] bob hi\n", Show(Look(zone: Kathmandu), Compose("bob", "hi")));

    [Fact]
    public void A_clock_that_is_off_hides_times_except_those_of_the_history()
    {
        Assert.Equal("bob hi\n", Show(Look(LineClock.Off), Compose("bob", "hi")));
        Assert.Equal("[20240229 23:59:59.000001] #lobby [3] bob hi\n", Show(Look(LineClock.Off), Replay("bob", "hi")));
        Assert.Equal("[20240301 05:44:59.000001] #lobby [3] bob hi\n", Show(Look(LineClock.Off, Kathmandu), Replay("bob", "hi")));
    }

    [Fact]
    public void A_short_time_has_the_date_where_the_day_changes_and_then_no_more()
    {
        TerminalEncoder view = _lines.Encoders.Take(Look(LineClock.Short, Kathmandu))!;
        long day = view.DayOf(_time.GetUtcNow().AddDays(-1).Ticks);
        long sameDay = view.DayOf(_time.GetUtcNow().Ticks);

        Assert.Equal("[20240301 05:44] bob hi\n", Text(view, view.Encode(Compose("bob", "hi"), ref day)));
        Assert.Equal("[05:44] bob ho\n", Text(view, view.Encode(Compose("bob", "ho"), ref day)));
        Assert.Equal("[05:44] bob ho\n", Text(view, view.Encode(Compose("bob", "ho"), ref sameDay)));
    }

    [Fact]
    public void Only_a_broadcast_is_marked_as_one()
    {
        Assert.Equal("[20240229 23:59:59.000001] (all) bob hi\n", Show(Look(marksBroadcasts: true), Compose("bob", "hi", ChatEventKind.Broadcast)));
        Assert.Equal("[20240229 23:59:59.000001] bob hi\n", Show(Look(hasColours: false, endsWithCrLf: false, ringsBell: true), Compose("bob", "hi", ChatEventKind.Broadcast)));
        Assert.Equal("[20240229 23:59:59.000001] bob hi\n", Show(Look(marksBroadcasts: true), Compose("bob", "hi")));
        Assert.Equal("[20240229 23:59:59.000001] #lobby bob hi\n", Show(Look(marksBroadcasts: true), Compose("bob", "hi", ChatEventKind.Said)));
    }

    [Theory]
    [InlineData(nameof(ChatEventKind.Said), "hi", "#lobby bob hi")]
    [InlineData(nameof(ChatEventKind.Acted), "waves", "#lobby * bob waves")]
    [InlineData(nameof(ChatEventKind.Joined), "", "#lobby + bob joined")]
    [InlineData(nameof(ChatEventKind.Left), "", "#lobby - bob left")]
    [InlineData(nameof(ChatEventKind.Quit), "", "#lobby - bob quit")]
    [InlineData(nameof(ChatEventKind.Quit), "bye", "#lobby - bob quit: bye")]
    [InlineData(nameof(ChatEventKind.TopicSet), "all of it", "#lobby = bob set the topic: all of it")]
    [InlineData(nameof(ChatEventKind.Direct), "hi", "bob hi")]
    [InlineData(nameof(ChatEventKind.Broadcast), "hi", "bob hi")]
    [InlineData(nameof(ChatEventKind.Direct), "c\u001b[31m\u202e d\u0007 é", "bob c[31m d é")]
    public void Each_kind_has_its_line(string kind, string text, string expected) =>
        Assert.Equal($"[20240229 23:59:59.000001] {expected}\n", Show(default, Compose("bob", text, Enum.Parse<ChatEventKind>(kind))));

    [Fact]
    public void A_rename_begins_with_no_name()
    {
        User user = new("carol"u8.ToArray(), [], 0);

        Assert.Equal("[20240229 23:59:59.000001] User bob is now known as carol\n", Show(default, _lines.Events.RaiseRenamed(user, "bob"u8)));
    }

    [Fact]
    public void A_replayed_line_has_its_number()
    {
        Assert.Equal("[20240229 23:59:59.000001] #lobby [3] bob hi\n", Show(default, Replay("bob", "hi")));
        Assert.Equal("[20240229 23:59:59.000001] #lobby [3] * bob waves\n", Show(default, Replay("bob", "waves", ChatEventKind.Acted)));
    }

    [Fact]
    public void A_time_in_a_notice_follows_the_clock_of_the_reader()
    {
        NoticeComposer notice = _lines.Notices.Begin();
        notice.AppendLiteral("since "u8);
        notice.AppendTime(_time.GetUtcNow().Ticks);
        ChatEvent happened = notice.End();

        Assert.Equal("since 20240229 23:59:59\n", Show(Look(LineClock.Off), happened));
        Assert.Equal("since 20240301 05:44:59\n", Show(Look(LineClock.Off, Kathmandu), happened));
    }

    [Fact]
    public void The_stamp_is_the_servers_local_time_and_follows_its_clock()
    {
        Assert.Equal("[20240229 23:59:59.000001] bob x\n", Show(default, Compose("bob", "x")));
        _time.Advance(TimeSpan.FromMicroseconds(999_998));
        Assert.Equal("[20240229 23:59:59.999999] bob x\n", Show(default, Compose("bob", "x")));
        _time.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Equal("[20240301 00:00:00.000000] bob x\n", Show(default, Compose("bob", "x")));
        _time.SetLocalTimeZone(Kathmandu);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("[20240301 05:45:01.000000] bob x\n", Show(default, Compose("bob", "x")));
    }

    [Fact]
    public void No_name_begins_with_what_a_broadcast_is_marked_with() => Assert.False(NameRules.IsWellFormed("(all)"u8));

    [Fact]
    public void A_line_for_telnet_ends_with_cr_lf_in_every_look()
    {
        foreach (TerminalLook look in AllLooks())
        {
            string line = Show(look with { EndsWithCrLf = false }, Compose("bob", "hi @bob", ChatEventKind.Said));
            string other = Show(look with { EndsWithCrLf = true }, Compose("bob", "hi @bob", ChatEventKind.Said));

            Assert.Equal(line.Replace("\n", "\r\n", StringComparison.Ordinal), other);
        }
    }

    [Fact]
    public void Colours_stand_around_names_and_nothing_else()
    {
        string line = Show(Look(hasColours: true), Compose("bob", "bob says hi"));

        Assert.Matches(@"^\[20240229 23:59:59\.000001\] \x1b\[\d\dmbob\x1b\[0m bob says hi\n$", line);
    }

    [Fact]
    public void A_name_has_the_same_colour_everywhere()
    {
        string[] colours = [.. new[] { "bob", "alice", "carol", "bob" }.Select(name => Show(Look(LineClock.Off, hasColours: true), Compose(name, "hi")).Split('m')[0])];

        Assert.Equal(colours[0], colours[3]);
        Assert.NotEqual(colours[0], colours[1]);
    }

    [Fact]
    public void A_line_is_made_once_for_all_who_see_it_alike()
    {
        TerminalEncoder view = _lines.Encoders.Take(Look(marksBroadcasts: true))!;
        ChatEvent line = Compose("bob", "hi", ChatEventKind.Broadcast);
        ChatEvent other = Compose("alice", "ho", ChatEventKind.Broadcast);
        long day = 0;

        Assert.Equal(view.Encode(line, ref day), view.Encode(line, ref day));
        Assert.Equal(view.Encode(line, ref day).End, view.Encode(other, ref day).Start);
    }

    [Fact]
    public void A_line_that_is_marked_for_one_leaves_those_of_the_others_in_a_row()
    {
        TerminalEncoder view = _lines.Encoders.Take(Look(hasColours: true))!;
        ChatEvent line = Compose("bob", "hi alice", ChatEventKind.Said);
        ChatEvent other = Compose("bob", "ho alice", ChatEventKind.Said);
        long day = 0;

        Line first = view.Encode(line, ref day);
        Assert.True(view.IsMarkedFor(line, "alice"u8));
        Assert.EndsWith("hi \u001b[7malice\u001b[0m\n", Encoding.UTF8.GetString(view.EncodeMarked(line, "alice"u8, ref day)), StringComparison.Ordinal);
        Assert.Equal(first, view.Encode(line, ref day));
        Assert.Equal(first.End, view.Encode(other, ref day).Start);
        Assert.EndsWith(" hi alice\n", Text(view, first), StringComparison.Ordinal);
    }

    [Fact]
    public void Readers_of_one_look_share_an_encoder_until_the_last_gives_it_back()
    {
        TerminalEncoder? view = _lines.Encoders.Take(Look(zone: Kathmandu, hasColours: true));

        Assert.Same(view, _lines.Encoders.Take(Look(hasColours: true, zone: Kathmandu)));
        Assert.Null(_lines.Encoders.Take(default));
        Assert.Equal(1, _lines.Encoders.Count);

        _lines.Encoders.Return(view);
        Assert.Equal(1, _lines.Encoders.Count);
        _lines.Encoders.Return(view);
        Assert.Equal(0, _lines.Encoders.Count);
        Assert.NotSame(view, _lines.Encoders.Take(Look(zone: Kathmandu, hasColours: true)));
    }

    [Fact]
    public void Nothing_is_allocated_for_a_line_and_nothing_is_kept_for_a_turn()
    {
        TerminalEncoder view = _lines.Encoders.Take(Look(LineClock.Short, Kathmandu, hasColours: true, ringsBell: true, endsWithCrLf: true))!;
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
        Assert.Equal(0, view.Encode(ComposeBytes(), ref day).Start);

        void Turn()
        {
            long day = 0;
            for (int i = 0; i < 50; i++)
            {
                ChatEvent line = ComposeBytes();
                view.Encode(line, ref day);
                if (view.IsMarkedFor(line, "enough"u8))
                {
                    view.EncodeMarked(line, "enough"u8, ref day);
                }
            }

            _lines.Reset();
        }
    }

    [Fact]
    public void An_encoder_that_nobody_reads_any_more_is_forgotten_with_the_turn()
    {
        WeakReference used = UseOnce();
        _lines.Reset();
        GC.Collect();

        Assert.False(used.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        WeakReference UseOnce()
        {
            TerminalEncoder encoder = _lines.Encoders.Take(Look(hasColours: true))!;
            long day = 0;
            encoder.Encode(ComposeBytes(), ref day);
            _lines.Encoders.Return(encoder);
            return new WeakReference(encoder);
        }
    }

    private static IEnumerable<TerminalLook> AllLooks() =>
        from clock in Enum.GetValues<LineClock>()
        from zone in new[] { null, Kathmandu }
        from bits in Enumerable.Range(0, 8)
        select Look(clock, zone, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);

    private static TerminalLook Look(
        LineClock clock = LineClock.Long,
        TimeZoneInfo? zone = null,
        bool hasColours = false,
        bool ringsBell = false,
        bool marksBroadcasts = false,
        bool endsWithCrLf = false) => new(new ReaderPreferences(clock, zone, hasColours, ringsBell, marksBroadcasts), endsWithCrLf);

    private ChatEvent ComposeBytes() => _lines.Events.Raise(ChatEventKind.Said, _somebody, _room, "says something that is long enough"u8);

    private ChatEvent Compose(string name, string text, ChatEventKind kind = ChatEventKind.Direct) =>
        _lines.Raise(kind, name, text, kind is ChatEventKind.Direct or ChatEventKind.Broadcast ? null : _room);

    private ChatEvent Replay(string name, string text, ChatEventKind kind = ChatEventKind.Said) =>
        _lines.Events.Replay(_room, new HistoryLine(3, _time.GetUtcNow().Ticks, kind, Encoding.UTF8.GetBytes($"{name} {text}"), name.Length));

    private string Show(TerminalLook look, ChatEvent happened)
    {
        TerminalEncoder? encoder = _lines.Encoders.Take(look);
        long day = 0;
        string shown = Text(encoder ?? _lines.Encoders.Usual, (encoder ?? _lines.Encoders.Usual).Encode(happened, ref day));
        _lines.Encoders.Return(encoder);
        return shown;
    }

    private static string Text(TerminalEncoder encoder, Line line) => Encoding.UTF8.GetString(encoder.Bytes(line));
}
