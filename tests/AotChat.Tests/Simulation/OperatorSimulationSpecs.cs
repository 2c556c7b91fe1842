using AotChat.Chat;
using AotChat.Transport;

namespace AotChat.Tests.Simulation;

/// <summary>Operators at work in random orders, over a disk that is slow, fails and recovers.</summary>
public sealed class OperatorSimulationSpecs
{
    private static readonly string[] Targets = ["g1", "g2", "g3", "192.0.2.1", "192.0.2.0/30", "198.51.100.0/24", "nobody", "'; DROP TABLE bans; --"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void What_holds_is_what_was_kept_and_the_trail_says_who_undid_what(int seed)
    {
        Random random = new(seed);
        OperatorChat world = new();
        for (int step = 0; step < 400; step++)
        {
            Step(world, random);
        }

        world.Store.Problem = null;
        Answer(world);
        Check(world);
    }

    private static void Step(OperatorChat world, Random random)
    {
        string target = Targets[random.Next(Targets.Length)];
        switch (random.Next(14))
        {
            case 0 or 1:
                SimulatedClient guest = world.Chat.Connect(peer: OperatorChat.At($"192.0.2.{random.Next(1, 6)}"));
                guest.Type($"nick g{random.Next(1, 4)}", "join lobby", "hello");
                break;

            case 2:
                world.Answers($"ban {target}{(random.Next(2) == 0 ? " 1h" : "")} because");
                break;

            case 3:
                world.Answers($"mute {target} 10m");
                break;

            case 4:
                world.Answers($"unban {target}");
                break;

            case 5:
                world.Answers($"unmute {random.Next(1, 30)}");
                break;

            case 6:
                world.Answers($"kick {target}");
                break;

            case 7 or 8:
                world.Answers($"undo {random.Next(1, 60)}");
                break;

            case 9:
                world.Answers(random.Next(3) == 0 ? "lock" : "unlock");
                break;

            case 10:
                world.Answers($"rename {target} g{random.Next(1, 9)}");
                break;

            case 11:
                world.Store.Problem = random.Next(3) == 0 ? "the disk is full" : null;
                break;

            case 12:
                world.Store.IsSlow = random.Next(3) == 0;
                Answer(world);
                break;

            default:
                world.Chat.Advance(TimeSpan.FromMinutes(random.Next(20)));
                break;
        }
    }

    private static void Answer(OperatorChat world)
    {
        world.Store.IsSlow = false;
        for (int i = 0; i < 5; i++)
        {
            world.Chat.InLoop(world.Store.Answer);
            world.Chat.Settle();
        }
    }

    private static void Check(OperatorChat world)
    {
        ChatState chat = world.Chat.Server.Chat;
        long now = chat.Events.Now;
        Assert.Equal(
            world.Store.Bans.Values.Where(ban => ban.Until > now).OrderBy(ban => ban.Id),
            chat.Bans.All.Where(ban => ban.Until > now).OrderBy(ban => ban.Id));
        Assert.All(world.Store.Audit.Values, entry => Assert.Equal("u1000", entry.Actor));

        // Each entry that was undone has one that undid it.
        AuditEntry[] undone = [.. world.Store.Audit.Values.Where(entry => entry.UndoneBy.Length > 0)];
        Assert.NotEmpty(undone);
        Assert.All(undone, entry => Assert.Contains(
            world.Store.Audit.Values, other => other.Id > entry.Id && other.Ticks == entry.UndoneTicks && entry.Undo.StartsWith(other.Action, StringComparison.Ordinal)));

        // Nobody is here whom a ban keeps out, but guests who may only log in; and the console always gets in.
        foreach (User user in chat.Users)
        {
            if (user.Level < UserLevel.Operator)
            {
                Assert.Null(chat.Bans.Find(BanKind.Ban, BanList.Server, user.SessionAt(0)!.Address, now));
            }
        }

        Assert.False(world.Chat.Connect(peer: PeerAddress.FromLocalUser(0, isHost: true)).Transport.Closed);
        Assert.DoesNotContain(world.Chat.Log.Entries, entry => entry.Exception is not null);
    }
}
