using System.Text;
using AotChat.Chat;

namespace AotChat.Tests.Chat;

/// <summary>Who is here.</summary>
public sealed class UserDirectorySpecs
{
    private readonly UserDirectory _users = new(new ReservedNames());

    [Fact]
    public void Names_are_given_in_order_and_never_twice()
    {
        User first = Enter();
        User second = Enter();
        _users.Leave(second);

        Assert.Equal(["u1000", "u1001", "u1002"], [first.ToString(), second.ToString(), Enter().ToString()]);
    }

    [Fact]
    public void Names_do_not_run_out_after_9999()
    {
        User last = Enter();
        for (int i = 0; i < 9_000; i++)
        {
            _users.Leave(last);
            last = Enter();
        }

        Assert.Equal("u10000", last.ToString());
        Assert.True(_users.TryFind("u10000"u8, out _));
    }

    [Fact]
    public void Nobody_is_remembered_through_one_who_has_left()
    {
        User user = Enter();
        (user.LastWriter, user.Away) = (Enter(), "gone"u8.ToArray());
        _users.Leave(user);

        Assert.Null(user.LastWriter);
        Assert.Null(user.Away);
    }

    [Theory]
    [InlineData("u1000", true)]
    [InlineData("U1000", false)]
    [InlineData("u100", false)]
    [InlineData("u10000", false)]
    [InlineData("", false)]
    public void A_given_name_matches_only_exactly(string name, bool found)
    {
        Enter();

        Assert.Equal(found, _users.TryFind(Encoding.UTF8.GetBytes(name), out _));
    }

    [Fact]
    public void The_list_stays_in_order_of_arrival_whoever_leaves()
    {
        Random random = new(7);
        List<User> expected = [];
        for (int i = 0; i < 2_000; i++)
        {
            if (expected.Count > 0 && random.Next(2) == 0)
            {
                User leaving = expected[random.Next(expected.Count)];
                _users.Leave(leaving);
                _users.Leave(leaving);
                expected.Remove(leaving);
                Assert.False(leaving.IsOnline);
            }
            else
            {
                expected.Add(Enter());
            }

            List<User> listed = [];
            foreach (User user in _users)
            {
                listed.Add(user);
            }

            Assert.Equal(expected, listed);
            Assert.Equal(expected.Count, _users.Count);
        }
    }

    [Fact]
    public void A_chosen_name_is_found_in_any_case_and_the_old_one_no_more()
    {
        User user = Enter();

        Assert.Equal(NameResult.Done, _users.Rename(user, "Alice"u8));
        Assert.Equal("Alice", user.ToString());
        Assert.True(_users.TryFind("aLICE"u8, out User? found));
        Assert.Same(user, found);
        Assert.False(_users.TryFind("u1000"u8, out _));
    }

    [Theory]
    [InlineData("@alice", true)]
    [InlineData("@Alice", true)]
    [InlineData("@u1001", true)]
    [InlineData("@U1001", false)]
    [InlineData("@@alice", false)]
    [InlineData("@", false)]
    public void A_name_is_found_with_an_at_sign_in_front(string name, bool found)
    {
        _users.Rename(Enter(), "alice"u8);
        Enter();

        Assert.Equal(found, _users.TryFind(Encoding.UTF8.GetBytes(name), out _));
    }

    [Fact]
    public void A_word_that_looks_like_a_name_finds_nobody()
    {
        _users.Rename(Enter(), "alice"u8);

        Assert.False(_users.TryFind("al1ce"u8, out _));
    }

    [Theory]
    [InlineData("alice", nameof(NameResult.Taken))]
    [InlineData("ALICE", nameof(NameResult.Taken))]
    [InlineData("al1ce", nameof(NameResult.Taken))]
    [InlineData("alicia", nameof(NameResult.Done))]
    [InlineData("u1001", nameof(NameResult.Unchanged))]
    [InlineData("u1000", nameof(NameResult.Reserved))]
    [InlineData("u7777", nameof(NameResult.Reserved))]
    [InlineData("UlO00", nameof(NameResult.Reserved))]
    [InlineData("u100", nameof(NameResult.Done))]
    [InlineData("", nameof(NameResult.Malformed))]
    [InlineData("1alice", nameof(NameResult.Malformed))]
    [InlineData("älice", nameof(NameResult.Malformed))]
    [InlineData("a b", nameof(NameResult.Malformed))]
    [InlineData("abcdefghijklmnopqrstuvwxy", nameof(NameResult.Malformed))]
    public void A_chosen_name_is_given_once_and_only_if_it_is_allowed(string name, string expected)
    {
        _users.Rename(Enter(), "alice"u8);

        Assert.Equal(expected, _users.Rename(Enter(), Encoding.UTF8.GetBytes(name)).ToString());
    }

    [Fact]
    public void A_user_may_spell_the_own_name_otherwise()
    {
        User user = Enter();
        _users.Rename(user, "alice"u8);

        Assert.Equal(NameResult.Done, _users.Rename(user, "AL1CE"u8));
        Assert.True(_users.TryFind("al1ce"u8, out _));
        Assert.Equal(1, _users.Count);
    }

    [Fact]
    public void A_name_is_free_when_its_owner_has_gone()
    {
        User first = Enter();
        _users.Rename(first, "alice"u8);
        _users.Leave(first);

        Assert.Equal(NameResult.Done, _users.Rename(Enter(), "a1ice"u8));
    }

    private User Enter() => _users.Enter(new QuietTerminal(), now: 0);
}
