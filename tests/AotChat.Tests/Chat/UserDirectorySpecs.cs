using System.Text;
using AotChat.Chat;

namespace AotChat.Tests.Chat;

/// <summary>Who is here.</summary>
public sealed class UserDirectorySpecs
{
    private readonly UserDirectory _users = new();

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

    [Theory]
    [InlineData("u1000", true)]
    [InlineData("U1000", false)]
    [InlineData("u100", false)]
    [InlineData("u10000", false)]
    [InlineData("", false)]
    public void Names_match_exactly(string name, bool found)
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

    private User Enter() => _users.Enter(new Nowhere());

    private sealed class Nowhere : ITerminal
    {
        public bool TryWrite(Line line, Delivery delivery) => true;

        public void HangUp()
        {
        }
    }
}
