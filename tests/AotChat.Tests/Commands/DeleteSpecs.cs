using AotChat.Chat;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>A line that its room's owner removes.</summary>
public sealed class DeleteSpecs
{
    private readonly OwnedRoom _house = new();

    public DeleteSpecs()
    {
        _house.Bob.Type("one", "two secret", "three");
        _house.ReadAll();
    }

    [Fact]
    public void It_is_gone_from_history_search_and_store_and_readers_see_who_did_it()
    {
        Assert.Equal(["Line 2 of #lobby is removed."], OwnedRoom.Answer(_house.Alice, "/delete 2"));
        Assert.Equal(["#lobby - line 2 was removed by alice"], _house.Bob.ReadTexts());
        Assert.Equal(
            ["#lobby [1] bob one", "#lobby - line 2 was removed by alice", "#lobby [3] bob three"], OwnedRoom.Answer(_house.Carol, "/history lobby")[1..]);
        Assert.Equal(["Nothing found for secret"], OwnedRoom.Answer(_house.Carol, "/search secret"));
        Assert.Equal(["Nothing found for alice"], OwnedRoom.Answer(_house.Carol, "/search alice"));
        Assert.Equal(("alice", ""), (_house.Store.Lines[1].RemovedBy, System.Text.Encoding.UTF8.GetString(_house.Store.Lines[1].Text)));
        Assert.Equal(("delete", "line 2", "lobby", ""), (_house.LastAct.Action, _house.LastAct.Target, _house.LastAct.Room, _house.LastAct.Undo));

        Assert.Contains("#lobby - line 2 was removed by alice", OwnedRoom.Answer(_house.Guest("dave", 9), "join lobby"));
        Assert.Equal(["Line 2 of #lobby was removed before."], OwnedRoom.Answer(_house.Alice, "/delete 2"));
    }

    [Theory]
    [InlineData("/delete 4", "History of #lobby has no line 4.")]
    [InlineData("/delete 0", "History of #lobby has no line 0.")]
    [InlineData("/delete -1", "History of #lobby has no line -1.")]
    [InlineData("/delete 9223372036854775807", "History of #lobby has no line 9223372036854775807.")]
    [InlineData("/delete 1 nowhere", "Room not found: nowhere")]
    public void A_line_that_is_not_there_is_not_removed(string line, string answer)
    {
        Assert.Equal([answer], OwnedRoom.Answer(_house.Alice, line));
        Assert.Empty(_house.Store.Audit);
    }

    [Fact]
    public void A_line_that_memory_has_forgotten_is_removed_from_the_store()
    {
        _house.Chat.InLoop(() => _house.Chat.Server.Chat.History.Clear(_house.Lobby));
        Assert.Equal(["Line 2 of #lobby is removed."], OwnedRoom.Answer(_house.Alice, "/delete 2"));
        Assert.Equal("alice", _house.Store.Lines[1].RemovedBy);
        Assert.Equal(["Line 2 of #lobby was removed before."], OwnedRoom.Answer(_house.Alice, "/delete 2"));
        _house.Store.Problem = "the disk is broken";
        Assert.Equal(["Not done: nothing can be kept at present (the disk is broken). Try again later."], OwnedRoom.Answer(_house.Alice, "/delete 1"));
    }

    [Fact]
    public void An_operator_removes_lines_from_outside_of_the_room()
    {
        Assert.Equal(["Line 1 of #lobby is removed."], OwnedRoom.Answer(_house.Root, "delete 1 lobby"));
        Assert.Equal(["#lobby - line 1 was removed by boss"], _house.Carol.ReadTexts());
    }

    [Fact]
    public void Lines_may_be_replaced_and_forgotten_in_any_order_and_the_count_of_bytes_is_right()
    {
        HistoryStore history = _house.Chat.Server.Chat.History;
        for (int i = 0; i < 50; i++)
        {
            _house.Bob.Type(new string('x', i * 7));
        }

        for (int i = 50; i > 3; i -= 3)
        {
            _house.Alice.Type($"/delete {i}");
        }

        long bytes = 0;
        foreach (long number in _house.Lobby.History.Numbers)
        {
            bytes += HistoryStore.CostOf(history.LengthOf(_house.Lobby, number));
        }

        Assert.Equal(bytes, history.Bytes - (2 * HistoryShares.Cost * history.Holders.Count));
        Assert.Equal(history.Bytes, history.Holders.Sum(holder => holder.Amount));
        _house.Chat.InLoop(() => history.Clear(_house.Lobby));
        Assert.Equal(0, history.Bytes);
    }
}
