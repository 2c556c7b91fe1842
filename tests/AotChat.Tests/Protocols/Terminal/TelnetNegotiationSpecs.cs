using AotChat.Configuration;
using AotChat.Protocols.Terminal;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>How options are agreed on (RFC 1143), with those who follow the rules and those who don't.</summary>
public sealed class TelnetNegotiationSpecs
{
    private const byte Iac = 255, Dont = 254, Do = 253, Wont = 252, Will = 251;
    private const byte Echo = 1, Sga = 3, Naws = 31;

    private readonly TelnetTalk _talk = new();

    public static TheoryData<string> Answerers => ["mirrors", "agrees", "refuses", "opposes", "asks back"];

    [Fact]
    public void Two_sides_that_follow_the_rules_agree_whatever_crosses_on_the_way()
    {
        Random random = new(1143);
        for (int round = 0; round < 2_000; round++)
        {
            bool acceptsEcho = random.Next(4) > 0;
            bool acceptsSga = random.Next(4) > 0;
            TelnetPeer peer = new(option => option switch
            {
                Echo => acceptsEcho,
                Sga => acceptsSga,
                _ => true,
            });
            TelnetTalk server = new();
            server.Receive("NOP");
            Queue<byte> toPeer = [];
            for (int step = 0; step < 60; step++)
            {
                Act(random, server, peer);
                Deliver(server, toPeer, peer, random.Next(7));
            }

            for (int silent = 0; peer.Sent.Count + server.Sent.Count + toPeer.Count > 0; silent++)
            {
                Assert.True(silent < 100, "They talk for ever.");
                Deliver(server, toPeer, peer, 9);
            }

            bool echo = peer.IsOn(Echo, isOurs: false);
            bool sga = peer.IsOn(Sga, isOurs: false);
            Assert.True(peer.IsSettled);
            Assert.Equal(echo && sga, server.Protocol.IsCharacterMode);
            Assert.Equal(echo, server.Protocol.IsCharacterMode || server.Protocol.IsEchoHidden);
            Assert.True(echo || !sga);
        }
    }

    [Theory]
    [MemberData(nameof(Answerers))]
    public void A_client_that_answers_everything_is_answered_a_limited_number_of_times(string kind)
    {
        Random random = new(7);
        for (int round = 0; round < 200; round++)
        {
            TelnetTalk server = new();
            server.Receive("NOP").OfferEcho();
            int answers = 0;
            for (byte[] sent = server.TakeSent(); sent.Length > 0; sent = server.TakeSent())
            {
                answers += sent.Length / 3;
                Assert.True(answers < 3 * ChatOptions.TelnetAnswers, "They talk for ever.");
                for (int i = 0; i < sent.Length; i += 3)
                {
                    server.Receive(Iac, Answer(kind, sent[i + 1]), sent[i + 2]);
                    if (answers < 20)
                    {
                        Act(random, server, peer: null);
                    }
                }
            }
        }
    }

    [Fact]
    public void A_flood_of_anything_gets_few_answers_and_ends_nothing()
    {
        byte[] verbs = [Do, Dont, Will, Wont];
        byte[] options = [Echo, Sga, 5, 24, Naws, 34];
        Random random = new(3);
        for (int round = 0; round < 50; round++)
        {
            TelnetTalk server = new();
            for (int i = 0; i < 2_000; i++)
            {
                server.Receive(Iac, random.GetItems(verbs, 1)[0], random.GetItems(options, 1)[0]);
            }

            // Each counted answer brings at most WILL ECHO, WILL SGA, DO NAWS and the ends of the three.
            Assert.InRange(server.TakeSent().Length / 3, ChatOptions.TelnetAnswers, 6 * ChatOptions.TelnetAnswers);
            server.Receive("DO STATUS WILL TTYPE DO ECHO");
            Assert.Empty(server.Sent);
        }
    }

    [Fact]
    public void One_large_piece_of_requests_is_answered_like_many_small_ones()
    {
        byte[] flood = [.. Enumerable.Repeat(TelnetText.Parse("DO STATUS DO ECHO DO SGA DONT ECHO WONT NAWS DONT SGA WILL NAWS"), 500).SelectMany(bytes => bytes)];
        TelnetTalk split = new();
        for (int i = 0; i < flood.Length; i += 3)
        {
            split.Receive(flood.AsSpan(i, 3));
        }

        Assert.Equal(split.Sent, _talk.Receive(flood).Sent);
        Assert.NotEmpty(split.Sent);
    }

    [Fact]
    public void A_person_can_change_the_mode_dozens_of_times()
    {
        for (int i = 0; i < 40; i++)
        {
            _talk.Receive("DO SGA DO ECHO").Receive("DO SGA");
            Assert.True(_talk.Protocol.IsCharacterMode);
            _talk.Receive("DONT SGA WILL LINEMODE DONT ECHO");
            Assert.False(_talk.Protocol.IsCharacterMode);
            Assert.EndsWith("WONT SGA WONT ECHO DONT LINEMODE", _talk.TakeText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_timing_mark_is_answered_each_time_and_once_for_a_flood_of_them()
    {
        for (int i = 0; i < 1_000; i++)
        {
            _talk.Receive("BRK DO TM");
            Assert.Equal("WONT TM", _talk.TakeText());
        }

        _talk.Receive(string.Concat(Enumerable.Repeat("DO TM ", 1_000)));
        Assert.Equal("WONT TM", _talk.TakeText());
    }

    [Theory]
    [InlineData("WILL TM")]
    [InlineData("WONT TM")]
    public void The_answer_to_a_probe_is_reported_once_and_never_answered(string answer)
    {
        _talk.Receive("NOP").Receive(answer);
        Assert.Empty(_talk.Events);

        _talk.RequestTimingMark();
        Assert.Equal("DO TM", _talk.TakeText());
        _talk.Receive(answer);
        Assert.Equal([TelnetEvents.TimingMark], _talk.Events);
        _talk.Receive(answer);
        Assert.Empty(_talk.Events);
        Assert.Empty(_talk.Sent);
    }

    [Fact]
    public void A_change_of_mode_stops_the_input_where_it_happens()
    {
        byte[] input = TelnetText.Parse("'old' DO ECHO 'older' DO SGA 'new' NOP");
        byte[] room = new byte[TelnetProtocol.AnswerBytes];
        TelnetAnswers answers = new(room);
        TelnetResult result = new TelnetProtocol().Filter(input, ref answers);

        Assert.Equal(new TelnetResult(Kept: 8, Consumed: 14, TelnetEvents.ModeChanged), result);
        Assert.Equal("oldolder"u8, input.AsSpan(0, 8));
    }

    [Fact]
    public void Answers_without_room_are_left_out()
    {
        TelnetProtocol protocol = new();
        byte[] room = new byte[5];
        TelnetAnswers answers = new(room);
        protocol.OfferEcho(ref answers);

        Assert.Equal("WILL ECHO", TelnetText.Format([.. answers.Written]));
    }

    private static void Act(Random random, TelnetTalk server, TelnetPeer? peer)
    {
        bool on = random.Next(2) == 0;
        switch (random.Next(12))
        {
            case 0:
                _ = on ? server.OfferEcho() : server.WithdrawEcho();
                break;

            case 1:
                server.HideEcho(on);
                break;

            case 2:
                peer?.Want(Echo, isOurs: false, on);
                break;

            case 3:
                peer?.Want(Sga, isOurs: false, on);
                break;

            case 4:
                peer?.Want(random.Next(2) == 0 ? Sga : Naws, isOurs: true, on);
                break;
        }
    }

    // Moves some bytes in each direction.
    private static void Deliver(TelnetTalk server, Queue<byte> toPeer, TelnetPeer peer, int bytes)
    {
        foreach (byte value in server.TakeSent())
        {
            toPeer.Enqueue(value);
        }

        for (int i = 0; i < bytes && peer.Sent.Count > 0; i++)
        {
            server.Receive(peer.Sent.Dequeue());
        }

        for (int i = 0; i < bytes / 3 && toPeer.Count > 0; i++)
        {
            Assert.Equal(Iac, toPeer.Dequeue());
            peer.Receive(toPeer.Dequeue(), toPeer.Dequeue());
        }
    }

    private static byte Answer(string kind, byte verb) => (kind, verb) switch
    {
        ("mirrors", _) => verb,
        ("agrees", Will) => Do,
        ("agrees", Wont) => Dont,
        ("agrees", Do) => Will,
        ("agrees", _) => Wont,
        ("refuses", Will or Wont) => Dont,
        ("refuses", _) => Wont,
        ("opposes", Will) => Dont,
        ("opposes", Wont) => Do,
        ("opposes", Do) => Wont,
        ("opposes", _) => Will,
        (_, Will or Wont) => Do,
        _ => Will,
    };
}
