using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Commands;

/// <summary>Many connections of one address, and the rooms that others want.</summary>
public sealed class FairRoomSpecs
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(5, 5)]
    public void One_address_is_told_how_many_rooms_it_may_open_and_others_open_theirs(int setting, int limit)
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, MaxRooms = 8, MaxRoomsPerAddress = setting });
        SimulatedClient flooder = chat.Connect(peer: Address(1));
        for (int i = 0; i < limit; i++)
        {
            Assert.StartsWith("You are in", flooder.Type($"/join room{(char)('a' + i)}").ReadTexts()[0], StringComparison.Ordinal);
        }

        Assert.Equal(
            [$"Cannot open the room: there are too many rooms from your address (limit {limit})"],
            chat.Connect(peer: Address(1)).Type("join another").ReadTexts());
        Assert.StartsWith("You are in #another", chat.Connect(peer: Address(2)).Type("join another").ReadTexts()[0], StringComparison.Ordinal);
        Assert.StartsWith("You are in #more", chat.Connect().Type("join more").ReadTexts()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void One_address_pushes_out_its_own_rooms_and_none_of_the_others()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0, MaxRooms = 8 });
        for (byte host = 1; host <= 6; host++)
        {
            chat.Connect(peer: Address(host)).Type($"join of{(char)('a' + host)}", "hello", "/leave");
        }

        SimulatedClient flooder = chat.Connect(peer: Address(7));
        for (int i = 0; i < 100; i++)
        {
            flooder.Type($"join room{(char)('a' + (i % 26))}{i}x", "flood", "/leave").ReadTexts();
        }

        string[] rooms = chat.Connect().Type("rooms").ReadTexts();
        Assert.Equal(8, rooms.Length);
        Assert.Equal(6, rooms.Count(line => line.StartsWith("#of", StringComparison.Ordinal)));
    }

    private static PeerAddress Address(byte host) => PeerAddress.FromV4([192, 0, 2, host], 1);
}
