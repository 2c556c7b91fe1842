using System.Text;
using AotChat.Configuration;
using AotChat.Protocols.Terminal;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>What the telnet protocol makes of bytes (RFC 854), beside the negotiation of options.</summary>
public sealed class TelnetProtocolSpecs
{
    private const byte Iac = 255;

    private readonly TelnetTalk _talk = new();

    private string Text => Encoding.Latin1.GetString([.. _talk.Data]);

    [Fact]
    public void An_erasing_command_becomes_the_key_that_erases()
    {
        _talk.Receive("'teh' EC EC 'he' EL 'x'");

        Assert.Equal("teh\u007F\u007Fhe\u0015x", Text);
    }

    [Fact]
    public void Many_are_you_there_commands_are_reported_once()
    {
        _talk.Receive(string.Concat(Enumerable.Repeat("AYT ", 1_000)));

        Assert.Equal([TelnetEvents.AreYouThere], _talk.Events);
        Assert.Empty(_talk.Sent);
    }

    [Theory]
    [InlineData("NOP")]
    [InlineData("DM")]
    [InlineData("BRK")]
    [InlineData("AO")]
    [InlineData("GA")]
    [InlineData("SUSP")]
    [InlineData("ABORT")]
    [InlineData("EOR")]
    [InlineData("SE")]
    public void A_command_that_means_nothing_here_only_shows_a_speaker(string command)
    {
        _talk.Receive($"'a' {command} 'b'");

        Assert.Equal("ab", Text);
        Assert.True(_talk.Protocol.IsSpeaker);
        Assert.Empty(_talk.Events);
        Assert.Empty(_talk.Sent);
    }

    [Theory]
    [InlineData("IP")]
    [InlineData("EOF")]
    public void After_the_end_nothing_more_is_heard(string command)
    {
        _talk.Receive($"'a' {command} 'b' DO STATUS AYT");
        Assert.Equal([TelnetEvents.Quit], _talk.Events);

        _talk.Receive("'c' AYT WILL TTYPE");
        Assert.Equal("a", Text);
        Assert.Empty(_talk.Events);
        Assert.Empty(_talk.Sent);
    }

    [Fact]
    public void A_byte_0xFF_that_is_no_command_is_text_and_makes_nobody_a_speaker()
    {
        for (int value = 0; value <= byte.MaxValue; value++)
        {
            TelnetTalk whole = new TelnetTalk().Receive((byte)'a', Iac, (byte)value, (byte)'b');
            TelnetTalk split = new TelnetTalk().Receive((byte)'a', Iac).Receive((byte)value, (byte)'b');

            bool isText = value is < 236 or Iac;
            Assert.Equal(whole.Data, split.Data);
            Assert.Equal(!isText, whole.Protocol.IsSpeaker);
            if (isText)
            {
                byte[] expected = value == Iac ? [(byte)'a', Iac, (byte)'b'] : [(byte)'a', Iac, (byte)value, (byte)'b'];
                Assert.Equal(expected, whole.Data);
                Assert.Empty(whole.Sent);
            }
        }
    }

    [Theory]
    [InlineData("SB TTYPE 0 'x' AYT", nameof(TelnetEvents.AreYouThere))]
    [InlineData("SB TTYPE 0 'x' IP", nameof(TelnetEvents.Quit))]
    [InlineData("SB TTYPE 0 'x' NOP", nameof(TelnetEvents.None))]
    [InlineData("SB TTYPE 0 'x' SB NAWS 0 80 0 24 SE", nameof(TelnetEvents.SizeChanged))]
    [InlineData("SB NAWS 0 80 0 24 NOP", nameof(TelnetEvents.None))]
    [InlineData("SB NOP", nameof(TelnetEvents.None))]
    [InlineData("SB SE", nameof(TelnetEvents.None))]
    public void A_command_ends_an_unfinished_subnegotiation_and_is_obeyed(string input, string expected)
    {
        _talk.Receive(input);
        Assert.Equal(expected, _talk.Events.SingleOrDefault().ToString());

        if (expected != nameof(TelnetEvents.Quit))
        {
            _talk.Receive("'heard'");
            Assert.Equal("heard", Text);
        }
    }

    [Fact]
    public void A_request_in_an_unfinished_subnegotiation_is_answered()
    {
        _talk.Receive("SB TTYPE 0 'x' DO STATUS 'heard' SB TTYPE 'y' EC 'too'");

        Assert.Equal("WONT STATUS", _talk.TakeText());
        Assert.Equal("heard\u007Ftoo", Text);
    }

    [Fact]
    public void A_subnegotiation_is_rejected_when_it_is_too_long_and_short_ones_never()
    {
        byte[] longest = [Iac, 250, 24, .. new byte[ChatOptions.TelnetSubnegotiationBytes - 2], Iac, 240];
        for (int i = 0; i < 100; i++)
        {
            _talk.Receive(longest);
            Assert.Empty(_talk.Events);
        }

        _talk.Receive("'a'").Receive([Iac, 250, 24, .. new byte[ChatOptions.TelnetSubnegotiationBytes], (byte)'b', Iac, 240, (byte)'c']);

        Assert.Equal([TelnetEvents.Reject], _talk.Events);
        Assert.Equal("a", Text);
    }

    [Theory]
    [InlineData("0 80 0 24", 80, 24)]
    [InlineData("0 IAC 0 IAC", 255, 255)]
    [InlineData("0 255 0 30", 255, 30)]
    [InlineData("1 IAC 0 24", 511, 24)]
    [InlineData("0 3 0 1", 10, 10)]
    [InlineData("10 0 20 0", 1_000, 1_000)]
    [InlineData("0 0 0 24", 0, 24)]
    [InlineData("0 80 0 0", 80, 0)]
    [InlineData("IAC IAC IAC IAC", 0, 0)]
    [InlineData("0 80 0", 0, 0)]
    [InlineData("0 80 0 24 0", 0, 0)]
    [InlineData("", 0, 0)]
    public void A_window_s_size_is_believed_if_it_can_be_one(string parameters, int columns, int rows)
    {
        _talk.Receive($"SB NAWS {parameters} SE");

        Assert.Equal((columns, rows), (_talk.Protocol.Columns, _talk.Protocol.Rows));
        Assert.Equal(columns + rows > 0 ? TelnetEvents.SizeChanged : TelnetEvents.None, _talk.Events.SingleOrDefault());
    }

    [Fact]
    public void A_size_is_reported_when_it_changes()
    {
        _talk.Receive("WILL NAWS SB NAWS 0 80 0 24 SE");
        _talk.Receive("SB NAWS 0 80 0 24 SE SB NAWS 0 0 0 0 SE SB NAWS 255 0 255 0 SE");
        Assert.Empty(_talk.Events);

        _talk.Receive("SB NAWS 0 80 0 25 SE");
        Assert.Equal([TelnetEvents.SizeChanged], _talk.Events);

        _talk.Receive("WONT NAWS");
        Assert.Equal([TelnetEvents.SizeChanged], _talk.Events);
        Assert.Equal((0, 0), (_talk.Protocol.Columns, _talk.Protocol.Rows));
        Assert.Equal("DO NAWS DONT NAWS", _talk.TakeText());
    }

    [Fact]
    public void Any_bytes_give_the_same_result_in_any_pieces()
    {
        // Without TIMING-MARK and AYT, which are answered once for a piece.
        byte[] interesting = [Iac, Iac, Iac, Iac, 254, 253, 252, 251, 250, 240, 241, 247, 248, 236, 1, 3, 31, 5, 0, 80, (byte)'a', (byte)'\n'];
        Random random = new(5);
        for (int round = 0; round < 3_000; round++)
        {
            byte[] stream = random.GetItems(interesting, random.Next(1, 80));
            TelnetTalk whole = new TelnetTalk().Receive(stream);
            TelnetTalk split = new();
            for (int at = 0; at < stream.Length;)
            {
                int end = Math.Min(stream.Length, at + random.Next(1, 5));
                split.Receive(stream.AsSpan(at..end));
                at = end;
            }

            Assert.Equal(whole.Data, split.Data);
            Assert.Equal(whole.Sent, split.Sent);
            Assert.Equal(whole.Changes, split.Changes);
            Assert.Equal(
                (whole.Protocol.IsSpeaker, whole.Protocol.IsCharacterMode, whole.Protocol.Columns, whole.Protocol.Rows),
                (split.Protocol.IsSpeaker, split.Protocol.IsCharacterMode, split.Protocol.Columns, split.Protocol.Rows));
        }
    }

    [Fact]
    public void Text_without_commands_is_not_filtered()
    {
        Assert.False(TelnetProtocol.Concerns(null, "grüße\r\n"u8));
        Assert.True(TelnetProtocol.Concerns(null, [(byte)'a', Iac]));
        _talk.Receive("DO");
        Assert.True(TelnetProtocol.Concerns(_talk.Protocol, "\u0001"u8));
        _talk.Receive("ECHO");
        Assert.False(TelnetProtocol.Concerns(_talk.Protocol, "\u0001"u8));
    }

    [Fact]
    public void Filtering_allocates_nothing()
    {
        TelnetProtocol protocol = new();
        byte[] input = TelnetText.Parse("'hello' DO ECHO DO SGA 'x' EC AYT SB NAWS 0 80 0 24 SE DONT SGA 'y'");
        byte[] room = new byte[TelnetProtocol.AnswerBytes];
        long before = 0;
        for (int i = 0; i < 20; i++)
        {
            before = i == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
            Span<byte> rest = input;
            while (!rest.IsEmpty)
            {
                TelnetAnswers answers = new(room);
                rest = rest[protocol.Filter(rest, ref answers).Consumed..];
            }
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
