using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Commands;

/// <summary>What people see of a history in which somebody at another address has said too much.</summary>
public sealed class FairHistorySpecs
{
    private readonly SimulatedChat _chat = new(new ChatOptions { FloodRate = 0, HistoryLines = 5, ReplayLines = 3 });
    private readonly SimulatedClient _alice;
    private readonly SimulatedClient _bob;

    public FairHistorySpecs()
    {
        // Of the lines 1 to 7 the loudest has lost the first and the third.
        _alice = Named("alice", 1);
        _bob = Named("bob", 2);
        _alice.Type("join lobby", "first");
        _bob.Type("join lobby", "please keep this");
        _alice.Type("third", "fourth", "fifth", "sixth", "seventh");
        _alice.ReadTexts();
        _bob.ReadTexts();
    }

    [Fact]
    public void History_shows_the_lines_that_are_kept_with_their_own_numbers_and_how_many_they_are() => Assert.Equal(
        [
            "History of #lobby, lines 2-7 of 2-7, 5 of them kept:",
            "#lobby [2] bob please keep this",
            "#lobby [4] alice fourth",
            "#lobby [5] alice fifth",
            "#lobby [6] alice sixth",
            "#lobby [7] alice seventh",
        ],
        _bob.Type("/history").ReadTexts());

    [Theory]
    [InlineData("/history 3", "History of #lobby, lines 5-7 of 2-7:", "#lobby [5] alice fifth", "#lobby [6] alice sixth", "#lobby [7] alice seventh")]
    [InlineData("/history 4", "History of #lobby, lines 4-7 of 2-7:", "#lobby [4] alice fourth", "#lobby [5] alice fifth", "#lobby [6] alice sixth", "#lobby [7] alice seventh")]
    [InlineData("/history 1-4", "History of #lobby, lines 2-4 of 2-7, 2 of them kept:", "#lobby [2] bob please keep this", "#lobby [4] alice fourth")]
    [InlineData("/history 3-4", "History of #lobby, lines 4-4 of 2-7:", "#lobby [4] alice fourth")]
    [InlineData("/history 3-3", "History of #lobby no longer has lines 3-3.")]
    [InlineData("/history 1-1", "History of #lobby has only lines 2-7.")]
    [InlineData("/history 8-9", "History of #lobby has only lines 2-7.")]
    public void Lines_are_asked_for_by_their_numbers_or_from_the_end(string line, params string[] answer) =>
        Assert.Equal(answer, _bob.Type(line).ReadTexts());

    [Fact]
    public void A_user_who_joins_reads_the_last_lines_that_are_kept()
    {
        _bob.Type("more");

        Assert.Equal(
            ["#lobby [6] alice sixth", "#lobby [7] alice seventh", "#lobby [8] bob more"],
            Named("carol", 3).Type("join lobby").ReadTexts()[1..]);
    }

    [Fact]
    public void Many_connections_of_one_address_remove_no_lines_of_others()
    {
        for (int i = 0; i < 64; i++)
        {
            _chat.Advance(TimeSpan.FromMilliseconds(100));
            _chat.Connect(peer: Address(9)).Type([$"join room{(char)('a' + (i % 26))}", .. Enumerable.Repeat("flood", 20), "/join lobby", .. Enumerable.Repeat("flood", 20)]);
        }

        _bob.ReadTexts();
        Assert.Contains("#lobby [2] bob please keep this", _bob.Type("/history").ReadTexts());
    }

    private SimulatedClient Named(string name, byte host)
    {
        SimulatedClient client = _chat.Connect(peer: Address(host)).Type($"nick {name}");
        client.ReadTexts();
        return client;
    }

    private static PeerAddress Address(byte host) => PeerAddress.FromV4([192, 0, 2, host], 1);
}
