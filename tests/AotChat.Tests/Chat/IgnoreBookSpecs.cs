using System.Runtime.CompilerServices;
using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Chat;

/// <summary>What is kept of those who are ignored.</summary>
public sealed class IgnoreBookSpecs
{
    private readonly ChatState _chat = new(new ChatOptions { SeenNames = 0 }, new FakeTimeProvider(), new ReservedNames(), new NoStore());

    [Fact]
    public void An_ignored_user_who_has_left_is_not_held_in_memory()
    {
        User alice = Enter("alice", 1);
        (WeakReference user, WeakReference terminal) = IgnoreOneWhoLeaves(alice);

        GC.Collect();

        Assert.Equal((false, false), (user.IsAlive, terminal.IsAlive));
        Assert.Single(alice.Ignoring!.Traces);
    }

    [Fact]
    public void To_ask_whether_somebody_is_ignored_allocates_nothing()
    {
        User alice = Enter("alice", 1);
        User bob = Enter("bob", 2);
        IgnoreBook.TryIgnore(alice, bob, 1);
        Assert.True(alice.Ignores(bob));
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool answers = alice.Ignores(bob) && !bob.Ignores(alice) && !alice.Ignores(alice);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(answers);
    }

    [Fact]
    public void Any_changes_keep_both_ends_of_an_ignore_equal_and_leave_nothing_at_the_end()
    {
        Random random = new(5);
        string[] names = ["alice", "bob", "b0b", "carol", "dave"];
        List<User> here = [];
        for (int step = 0; step < 5_000; step++)
        {
            User any = here.Count == 0 ? Enter(null, 0) : here[random.Next(here.Count)];
            User other = here.Count == 0 ? any : here[random.Next(here.Count)];
            switch (random.Next(here.Count > 8 ? 6 : 7))
            {
                case 0:
                    Leave(any);
                    break;

                case 1 or 2:
                    _chat.Rename(any, Encoding.ASCII.GetBytes(names[random.Next(names.Length)]));
                    break;

                case 3 or 4 when any != other:
                    Assert.Equal(any.Ignores(other) || (any.Ignoring?.Count ?? 0) < 3, IgnoreBook.TryIgnore(any, other, 3));
                    break;

                case 5:
                    _chat.Ignores.StopIgnoring(any, other, null, other.Name);
                    Assert.False(any.Ignores(other));
                    break;

                case 6:
                    Enter(null, random.Next(2));
                    break;
            }

            here = [];
            foreach (User user in _chat.Users)
            {
                here.Add(user);
            }

            Check(here);
        }

        here.ForEach(Leave);
        Assert.Equal(0, _chat.Ignores.TraceCount);
    }

    private static void Check(List<User> here)
    {
        foreach (User user in here)
        {
            User[] ignored = [.. here.Where(user.Ignores)];
            Assert.DoesNotContain(user, ignored);
            Assert.Equal(ignored.ToHashSet(), user.Ignoring?.People.Keys.ToHashSet() ?? []);
            Assert.InRange(user.Ignoring?.Count ?? 0, 0, 3);
            Assert.True(user.IgnoredBy is null || user.IgnoredBy.IsSubsetOf(here));
            Assert.All(user.Ignoring?.Traces ?? [], trace => Assert.Same(user, trace.Owner));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (WeakReference User, WeakReference Terminal) IgnoreOneWhoLeaves(User alice)
    {
        User bob = Enter("bob", 2);
        IgnoreBook.TryIgnore(alice, bob, 1);
        IgnoreBook.TryIgnore(bob, alice, 1);
        IUserSession session = bob.Sessions[0];
        Leave(bob);
        return (new WeakReference(bob), new WeakReference(session));
    }

    private void Leave(User user) => _chat.Leave(user.Sessions[0], default, isTold: true);

    private User Enter(string? name, int block)
    {
        User user = _chat.Enter(new QuietTerminal { OriginBlock = (UInt128)block });
        if (name is not null)
        {
            Assert.Equal(NameResult.Done, _chat.Rename(user, Encoding.ASCII.GetBytes(name)));
        }

        return user;
    }
}
