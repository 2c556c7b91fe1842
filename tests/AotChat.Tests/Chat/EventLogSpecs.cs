using System.Text;
using AotChat.Chat;
using AotChat.Tests.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Chat;

/// <summary>Events as values: what they say, and how long.</summary>
public sealed class EventLogSpecs
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 2, 29, 23, 59, 59, TimeSpan.Zero));
    private readonly ComposedLines _lines;
    private readonly Room _room = new("lobby"u8.ToArray(), []) { Id = 1 };

    public EventLogSpecs() => _lines = new ComposedLines(_time);

    [Fact]
    public void An_event_says_who_did_what_where_and_when()
    {
        ChatEvent said = _lines.Raise(ChatEventKind.Said, "bob", "hi all", _room);
        _lines.Events.SetNumber(said, 7);

        Assert.Equal((ChatEventKind.Said, _time.GetUtcNow().Ticks, 7, _room, false), (said.Kind, said.Ticks, said.Number, said.Room, said.IsReplayed));
        Assert.Equal(("bob", "hi all", "bob hi all", "bob"), (Text(said.Name), Text(said.Text), Text(said.NameAndText), said.Author!.ToString()));
    }

    [Fact]
    public void The_author_of_an_event_keeps_the_name_of_then()
    {
        User user = new("bob"u8.ToArray(), [], 0);
        ChatEvent said = _lines.Events.Raise(ChatEventKind.Said, user, _room, "hi"u8);
        user.Rename("carol"u8.ToArray(), [], isChosen: true);
        ChatEvent renamed = _lines.Events.RaiseRenamed(user, "bob"u8);

        Assert.Equal(("bob", "bob", "carol"), (Text(said.Name), Text(renamed.Name), Text(renamed.Text)));
    }

    [Theory]
    [InlineData("a\r\nb\0c", "abc")]
    [InlineData("\u001b[31m\ta", "\u001b[31m\ta")]
    [InlineData("é\u202e", "é\u202e")]
    public void Text_has_no_ends_of_lines_and_all_else_that_a_protocol_may_carry(string text, string expected) =>
        Assert.Equal(expected, Text(_lines.Raise(ChatEventKind.Direct, "bob", text).Text));

    [Fact]
    public void Text_is_valid_utf8_whatever_was_written()
    {
        Random random = new(3);
        byte[] bytes = new byte[200];
        UTF8Encoding strict = new(false, throwOnInvalidBytes: true);
        for (int round = 0; round < 2_000; round++)
        {
            random.NextBytes(bytes);
            User user = new("bob"u8.ToArray(), [], 0);
            string text = strict.GetString(_lines.Events.Raise(ChatEventKind.Direct, user, null, bytes).Text);

            Assert.Equal(-1, text.AsSpan().IndexOfAny("\r\n\0"));
            _lines.Reset();
        }
    }

    [Fact]
    public void A_notice_consists_of_parts_that_an_encoder_may_show_differently()
    {
        NoticeComposer notice = _lines.Notices.Begin();
        notice.AppendLiteral("User ");
        notice.AppendName("bob"u8);
        notice.AppendLiteral(" "u8);
        notice.AppendNumber(-12);
        notice.AppendText("\na");
        notice.AppendTime(42);
        ChatEvent happened = notice.End();

        Assert.Equal(
            [NoticePartKind.Words, NoticePartKind.Name, NoticePartKind.Words, NoticePartKind.Words, NoticePartKind.Text, NoticePartKind.Time],
            happened.Parts.ToArray().Select(part => part.Kind));
        Assert.Equal("User bob -12a", string.Concat(happened.Parts.ToArray().Select(part => Text(happened.BytesOf(part)))));
        Assert.Equal(42, happened.Parts[^1].Ticks);
        Assert.Null(happened.Author);
    }

    [Fact]
    public void A_notice_that_was_not_closed_leaves_nothing()
    {
        _lines.Notices.Begin().AppendLiteral("lost"u8);
        ChatEvent said = _lines.Raise(ChatEventKind.Direct, "bob", "hi");
        _lines.Notices.Begin().AppendLiteral("lost too"u8);
        _lines.Notices.Begin().AppendLiteral("kept"u8);
        ChatEvent notice = _lines.Notices.End();

        Assert.Equal("hi", Text(said.Text));
        Assert.Equal("kept", Text(notice.BytesOf(Assert.Single(notice.Parts.ToArray()))));
    }

    [Fact]
    public void A_replayed_event_has_its_own_time_and_number_and_no_author()
    {
        ChatEvent replayed = _lines.Events.Replay(_room, new HistoryLine(3, 42, ChatEventKind.Acted, "bob waves"u8, 3));

        Assert.Equal((ChatEventKind.Acted, 42, 3, true, null), (replayed.Kind, replayed.Ticks, replayed.Number, replayed.IsReplayed, replayed.Author));
        Assert.Equal(("bob", "waves"), (Text(replayed.Name), Text(replayed.Text)));
    }

    [Fact]
    public void A_turn_forgets_earlier_events_and_allocates_nothing()
    {
        User user = new("bob"u8.ToArray(), [], 0);
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
        Assert.Equal(0, _lines.Events.Size);
        Assert.Equal(0, _lines.Events.Raise(ChatEventKind.Direct, user, null, "hi"u8).Index);

        void Turn()
        {
            for (int i = 0; i < 20; i++)
            {
                _lines.Events.Raise(ChatEventKind.Said, user, _room, "says something"u8);
                _lines.Notices.Begin().AppendName("bob"u8);
                _lines.Notices.AppendNumber(i);
                _lines.Notices.End();
            }

            _lines.Events.Reset();
        }
    }

    [Fact]
    public void An_event_has_nothing_of_the_one_that_lay_in_its_place_in_the_turn_before()
    {
        _lines.Events.Replay(_room, new HistoryLine(3, 42, ChatEventKind.Said, "bob hi"u8, 3));
        _lines.Events.Reset();
        ChatEvent direct = _lines.Raise(ChatEventKind.Direct, "bob", "hi");
        Assert.Equal((0L, false), (direct.Number, direct.IsReplayed));

        _lines.Events.Reset();
        _lines.Notices.Begin().AppendLiteral("a notice"u8);
        Assert.Null(_lines.Notices.End().Author);
    }

    [Fact]
    public void A_huge_turn_leaves_no_huge_buffer_behind()
    {
        User user = new("bob"u8.ToArray(), [], 0);
        byte[] text = new byte[16_384];
        Array.Fill(text, (byte)'x');
        for (int i = 0; i < 1_000; i++)
        {
            _lines.Events.Raise(ChatEventKind.Direct, user, null, text);
        }

        _lines.Events.Reset();

        Assert.InRange(_lines.Events.Capacity, 0, 256 * 1024);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
