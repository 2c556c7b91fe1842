using System.Globalization;
using System.Text;
using AotChat.Chat;
using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Text;

namespace AotChat.Tests.Simulation;

/// <summary>
/// One life of a chat with rooms that depends on nothing but its seed: people come, take names, join, talk, leave, stop
/// reading and vanish, several in the same turn. After each turn what the server knows must agree with itself; at the
/// end what everybody heard is held against the history.
/// </summary>
internal sealed class RoomSchedule
{
    private const int Steps = 200;
    private const int MaxVisitors = 9;

    private static readonly string[] Names = ["alice", "al1ce", "Alice", "bob", "b0b", "modem", "modern", "u1000", "server"];
    private static readonly string[] Rooms = ["lobby", "dev", "Ops"];

    private readonly Random _random;
    private readonly SimulatedChat _chat;
    private readonly List<RoomVisitor> _visitors = [];
    private readonly ReservedNames _words = ServerWords.Reserve([]);
    private readonly HashSet<string> _everNamed = [];

    // What was said in each room, by number.
    private readonly Dictionary<Room, Dictionary<long, string>> _said = [];
    private int _texts;

    private RoomSchedule(int seed)
    {
        _random = new Random(seed);
        int soft = _random.Next(2_000, 8_000);
        _chat = new SimulatedChat(new ChatOptions
        {
            FloodRate = 0,
            HistoryLines = 100_000,
            ReplayLines = 1,
            OutboxSoftBytes = soft,
            OutboxHardBytes = soft * 4,
            StuckSeconds = 1_000,
            MaxRoomsPerUser = 2,
        });
    }

    /// <summary>Runs the life of a seed to its end, and returns all that anybody has read.</summary>
    public static string Run(int seed)
    {
        RoomSchedule schedule = new(seed);
        for (int step = 0; step < Steps; step++)
        {
            schedule.Step();
        }

        schedule.Finish();
        return string.Concat(schedule._visitors.Select(visitor => visitor.Transcript));
    }

    private void Step()
    {
        // Several do something in the same turn.
        for (int i = _random.Next(1, 5); i > 0; i--)
        {
            RoomVisitor[] present = [.. _visitors.Where(visitor => !visitor.IsLeaving)];
            if (present.Length < 2 || (present.Length < MaxVisitors && _random.Next(12) == 0))
            {
                Join();
            }
            else
            {
                Act(present[_random.Next(present.Length)]);
            }
        }

        Turn();
    }

    private void Act(RoomVisitor visitor)
    {
        string room = Rooms[_random.Next(Rooms.Length)];
        switch (_random.Next(20))
        {
            case 0 or 1 or 2:
                visitor.Type($"/join {room}");
                break;

            case 3:
                visitor.Type($"/leave {room}");
                break;

            case 4:
                visitor.Type($"/room {room}");
                break;

            case 5 or 6:
                visitor.Type($"/nick {Names[_random.Next(Names.Length)]}");
                break;

            case 7 or 8:
                visitor.Type($"/say {room} {visitor.Mark}{++_texts}");
                break;

            case 9:
                visitor.Type($"/me {visitor.Mark}{++_texts}");
                break;

            case 10:
                visitor.Type($"/msg {Names[_random.Next(Names.Length)]} hello");
                break;

            case 11:
                visitor.Type("/w");
                break;

            case 12:
                End(visitor);
                break;

            case 13 or 14:
                visitor.Transport.Window = _random.Next(2) == 0 ? int.MaxValue : _random.Next(0, 2_000);
                break;

            default:
                for (int lines = _random.Next(6) == 0 ? 60 : 1; lines > 0; lines--)
                {
                    visitor.Type($"/say {room} {visitor.Mark}{++_texts}");
                }

                break;
        }
    }

    private void Join()
    {
        SimulatedTransport transport = new(_chat.Poller);
        _chat.Welcome(transport);
        _visitors.Add(new RoomVisitor(transport, _visitors.Count));
    }

    private void End(RoomVisitor visitor)
    {
        visitor.IsLeaving = true;
        switch (_random.Next(3))
        {
            case 0:
                visitor.Type("/quit bye");
                break;
            case 1:
                visitor.Transport.EndOfInput = true;
                break;
            default:
                visitor.Transport.Broken = true;
                break;
        }
    }

    private void Turn()
    {
        // Now and then nobody does anything for so long that a holder of a name who is asked for it loses it.
        _chat.Time.Advance(_random.Next(40) == 0 ? ChatOptions.NameAnswerLimit : TimeSpan.FromMilliseconds(1));
        _chat.Turn();
        CheckState();
        foreach (RoomVisitor visitor in _visitors)
        {
            visitor.Read(int.MaxValue);
        }
    }

    private void Settle()
    {
        for (int turns = 0; turns < 5_000; turns++)
        {
            Turn();
            if (_chat.Poller is { LastCount: 0, LastTimeout: not 0 })
            {
                return;
            }
        }

        Assert.Fail("It never came to rest.");
    }

    // Names are unique, membership agrees at both ends, nobody is anywhere who has left.
    private void CheckState()
    {
        HashSet<string> names = [];
        int memberships = 0;
        int count = 0;
        foreach (User user in _chat.Server.Users)
        {
            count++;
            _everNamed.Add(user.ToString());
            Assert.True(user.IsOnline);
            Assert.True(names.Add(Encoding.ASCII.GetString(LookAlikes.Fold(user.Name))), $"Two are called {user}.");
            Assert.True(_chat.Server.Users.TryFind(user.Name, out User? found) && found == user);
            Assert.True(user.CurrentRoom is null ? user.Memberships.IsEmpty : user.MembershipOf(user.CurrentRoom) is not null);
            Assert.InRange(user.Memberships.Length, 0, 2);
            foreach (Membership membership in user.Memberships)
            {
                memberships++;
                Assert.Contains(user, membership.Room.Members.ToArray());
                Assert.Contains(membership.Room, _chat.Server.Chat.Rooms.All);
            }
        }

        Assert.Equal(_chat.Server.Users.Count, count);
        Assert.Equal(memberships, _chat.Server.Chat.Rooms.All.Sum(room => room.Members.Length));
        foreach (Room room in _chat.Server.Chat.Rooms.All)
        {
            Assert.True(room.Members.Length > 0 || room.History.Count > 0);
            Note(room);
        }
    }

    private void Note(Room room)
    {
        if (!_said.TryGetValue(room, out Dictionary<long, string>? said))
        {
            _said.Add(room, said = []);
        }

        for (long number = said.Count + 1; number <= room.History.Last; number++)
        {
            said.Add(number, Encoding.ASCII.GetString(_chat.Server.Chat.History.Read(room, number).Rest[1..]));
        }
    }

    private void Finish()
    {
        foreach (RoomVisitor visitor in _visitors)
        {
            visitor.Transport.Window = int.MaxValue;
        }

        Settle();
        RoomVisitor[] alive = [.. _visitors.Where(visitor => !visitor.Transport.Closed)];
        foreach (RoomVisitor visitor in alive)
        {
            visitor.Type("/w");
        }

        Settle();
        string[] names = [.. alive.Select(visitor => visitor.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(_chat.Server.Users.Count, alive.Length);
        Assert.All(alive, visitor => Assert.Equal(names.Except([visitor.Name]), visitor.Listed!.Order(StringComparer.Ordinal)));
        Assert.All(_visitors, CheckHeard);
        Assert.All(_visitors.SelectMany(visitor => visitor.Others), CheckFirstWord);
        Assert.DoesNotContain(_chat.Log.Entries, entry => entry.Exception is not null);
    }

    // In every stay what was heard, what was missed and what the visitor said itself is the history, in its order.
    private void CheckHeard(RoomVisitor visitor)
    {
        Assert.Equal(visitor.Stays.Sum(stay => stay.Heard.Count), visitor.Stays.SelectMany(stay => stay.Heard).Distinct().Count());
        foreach (RoomVisitor.Stay stay in visitor.Stays)
        {
            // A room that has a history is never made anew, so there is one of that name at most.
            Dictionary<long, string> said = _said.SingleOrDefault(pair => pair.Key.ToString() == stay.Room && pair.Value.Count > 0).Value ?? [];
            long next = stay.JoinedAfter + 1;
            foreach (string text in stay.Heard)
            {
                for (; said[next] != text; next++)
                {
                    CheckMissed(visitor, stay, next, said[next]);
                }

                next++;
            }

            bool isThere = !visitor.Transport.Closed && visitor.IsIn(stay);
            for (; isThere && next <= said.Count; next++)
            {
                CheckMissed(visitor, stay, next, said[next]);
            }
        }
    }

    private static void CheckMissed(RoomVisitor visitor, RoomVisitor.Stay stay, long number, string text) => Assert.True(
        text.StartsWith(visitor.Mark, StringComparison.Ordinal) || stay.Missed.Any(missed => number >= missed.First && number <= missed.Last),
        string.Create(CultureInfo.InvariantCulture, $"{visitor.Mark} did not hear line {number} of {stay.Room}: {text}"));

    private void CheckFirstWord(string line)
    {
        string word = line.Split(' ')[0].TrimEnd('!', ':', '.', ',');
        Assert.True(
            _words.Contains(LookAlikes.Fold(Encoding.ASCII.GetBytes(word))) || _everNamed.Contains(word), "Whose line is this? " + line);
    }
}
