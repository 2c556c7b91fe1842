using System.Text;
using AotChat.Chat;

namespace AotChat.Tests.Chat;

/// <summary>Which rooms there are and who is in them.</summary>
public sealed class RoomDirectorySpecs
{
    private readonly UserDirectory _users = new(new ReservedNames());
    private readonly HistoryStore _history = new(10, 1024 * 1024);
    private RoomDirectory _rooms;

    public RoomDirectorySpecs() => _rooms = new RoomDirectory(100, 100, 3, _history, new NoStore());

    [Fact]
    public void A_room_begins_with_its_first_member()
    {
        User user = Enter();

        Assert.Equal(JoinResult.Done, Join(user, "#Lobby", out Room? room));
        Assert.Equal("#Lobby", room!.ToString());
        Assert.Equal([user], room.Members.ToArray());
        Assert.Same(room, user.CurrentRoom);
        Assert.True(_rooms.TryFind("lobby"u8, out _));
        Assert.True(_rooms.TryFind("#LOBBY"u8, out _));
    }

    [Theory]
    [InlineData("lobby", nameof(JoinResult.Unchanged))]
    [InlineData("#LOBBY", nameof(JoinResult.Unchanged))]
    [InlineData("1obby", nameof(JoinResult.Malformed))]
    [InlineData("l0bby", nameof(JoinResult.LooksLikeAnother))]
    [InlineData("##lobby", nameof(JoinResult.Malformed))]
    [InlineData("", nameof(JoinResult.Malformed))]
    [InlineData("#", nameof(JoinResult.Malformed))]
    [InlineData("abcdefghijklmnopqrstuvwxy", nameof(JoinResult.Malformed))]
    [InlineData("other", nameof(JoinResult.Done))]
    public void A_request_to_join_has_a_result_for_each_kind_of_name(string name, string expected)
    {
        User user = Enter();
        Join(user, "lobby", out _);

        Assert.Equal(expected, Join(user, name, out _).ToString());
    }

    [Fact]
    public void Nobody_is_in_more_rooms_than_allowed()
    {
        User user = Enter();
        Assert.All(["a", "b", "c"], name => Assert.Equal(JoinResult.Done, Join(user, name, out _)));

        Assert.Equal(JoinResult.TooManyOfUser, Join(user, "d", out _));
        Assert.Equal(JoinResult.Unchanged, Join(user, "a", out _));
        Assert.Equal(3, _rooms.Count);
    }

    [Fact]
    public void A_room_without_members_and_history_is_dropped()
    {
        User user = Enter();
        Join(user, "a", out _);
        _rooms.Leave(user.Memberships[0]);

        Assert.Equal(0, _rooms.Count);
        Assert.Null(user.CurrentRoom);
    }

    [Fact]
    public void A_room_without_members_stays_until_its_history_is_forgotten()
    {
        User user = Enter();
        Join(user, "a", out Room? room);
        Say(room!);
        _rooms.Leave(user.Memberships[0]);
        Assert.True(_rooms.TryFind("a"u8, out _));

        HistoryStore tight = new(10, HistoryStore.CostOf(5) + (3 * HistoryShares.Cost));
        _rooms = new RoomDirectory(100, 100, 3, tight, new NoStore());
        Join(user, "a", out room);
        tight.Add(room!, ChatEventKind.Said, 0, "a one"u8, 1);
        _rooms.Leave(user.Memberships[0]);
        Join(user, "b", out Room? other);
        tight.Add(other!, ChatEventKind.Said, 0, "a two"u8, 1);

        Assert.False(_rooms.TryFind("a"u8, out _));
    }

    [Fact]
    public void A_new_room_takes_the_place_of_the_empty_one_that_was_silent_for_longest()
    {
        _rooms = new RoomDirectory(3, 3, 10, _history, new NoStore());
        User user = Enter();
        foreach (string name in (string[])["old", "new", "full"])
        {
            Join(user, name, out Room? room);
            Say(room!);
        }

        _rooms.Leave(user.Memberships[1]);
        _rooms.Leave(user.Memberships[0]);

        Assert.Equal(JoinResult.Done, Join(user, "other", out _));
        Assert.False(_rooms.TryFind("old"u8, out _));
        Assert.True(_rooms.TryFind("new"u8, out _));
        Assert.Equal(2, _history.Count);
        Assert.Equal(JoinResult.Done, Join(user, "another", out _));
        Assert.Equal(JoinResult.TooMany, Join(user, "last", out _));
    }

    [Fact]
    public void The_fullest_rooms_are_listed_first_and_equal_ones_by_name()
    {
        _rooms = new RoomDirectory(100, 100, 10, _history, new NoStore());
        User[] users = [.. Enumerable.Range(0, 3).Select(_ => Enter())];
        foreach ((string name, int people) in (ReadOnlySpan<(string, int)>)[("b", 1), ("c", 3), ("a", 1), ("d", 2)])
        {
            Array.ForEach(users[..people], user => _rooms.Join(user, Encoding.ASCII.GetBytes(name), out _));
        }

        Assert.Equal(["#c", "#d"], RoomDirectory.Fullest(2, _rooms.All).Select(room => room.ToString()));
        Assert.Equal(["#c", "#d", "#a", "#b"], RoomDirectory.Fullest(10, _rooms.All).Select(room => room.ToString()));
    }

    [Fact]
    public void A_user_who_leaves_a_room_talks_in_the_last_joined_of_the_others()
    {
        User user = Enter();
        Join(user, "a", out Room? a);
        Join(user, "b", out Room? b);
        Join(user, "c", out _);
        _rooms.Leave(user.Memberships[2]);
        Assert.Same(b, user.CurrentRoom);
        Join(user, "d", out _);
        user.CurrentRoom = a;
        _rooms.Leave(user.Memberships[1]);

        Assert.Same(a, user.CurrentRoom);
    }

    [Fact]
    public void Any_changes_keep_both_ends_of_a_membership_equal()
    {
        Random random = new(20240229);
        List<User> users = [.. Enumerable.Range(0, 12).Select(_ => Enter())];
        HashSet<(User, string)> expected = [];
        for (int step = 0; step < 20_000; step++)
        {
            User user = users[random.Next(users.Count)];
            string name = "room" + (char)('a' + random.Next(6));
            if (random.Next(2) == 0)
            {
                bool joins = Join(user, name, out _) == JoinResult.Done;
                Assert.Equal(joins, expected.Count(pair => pair.Item1 == user) < 3 && expected.Add((user, name)));
            }
            else if (_rooms.TryFind(Encoding.ASCII.GetBytes(name), out Room? room) && user.MembershipOf(room) is { } membership)
            {
                _rooms.Leave(membership);
                Assert.True(expected.Remove((user, name)));
            }

            Check(users, expected);
        }
    }

    private void Check(List<User> users, HashSet<(User User, string Room)> expected)
    {
        HashSet<(User, string)> byRoom = [];
        foreach (Room room in _rooms.All)
        {
            Assert.False(room.Members.IsEmpty);
            Assert.All(room.Members.ToArray(), member => Assert.True(byRoom.Add((member, Encoding.ASCII.GetString(room.Name)))));
        }

        HashSet<(User, string)> byUser =
            [.. users.SelectMany(user => user.Memberships.ToArray().Select(membership => (user, Encoding.ASCII.GetString(membership.Room.Name))))];
        Assert.True(expected.SetEquals(byRoom));
        Assert.True(expected.SetEquals(byUser));
        Assert.All(users, user => Assert.True(
            user.CurrentRoom is null ? user.Memberships.IsEmpty : user.MembershipOf(user.CurrentRoom) is not null));
    }

    [Fact]
    public void A_membership_that_has_ended_ends_no_second_time()
    {
        User alice = Enter();
        Assert.Equal(JoinResult.Done, _rooms.Join(alice, "lobby"u8, out Room? first));
        Membership membership = alice.MembershipOf(first!)!;
        _rooms.Leave(membership);
        Assert.Equal(JoinResult.Done, _rooms.Join(Enter(), "lobby"u8, out Room? second));

        _rooms.Leave(membership);

        Assert.True(_rooms.TryFind("lobby"u8, out Room? found));
        Assert.Same(second, found);
    }

    private User Enter() => _users.Enter(new QuietTerminal(), now: 0);

    private JoinResult Join(User user, string name, out Room? room) => _rooms.Join(user, Encoding.ASCII.GetBytes(name), out room);

    private void Say(Room room) => _history.Add(room, ChatEventKind.Said, 0, "a hello"u8, 1);
}
