using System.Globalization;
using AotChat.Chat;
using AotChat.Commands;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>What an interpolated line can hold, and who gets which line.</summary>
public sealed class LineHandlerSpecs
{
    private readonly SimulatedChat _chat = new();
    private readonly SimulatedClient _alice;
    private readonly SimulatedClient _bob;
    private readonly CommandContext _context;

    public LineHandlerSpecs()
    {
        _alice = _chat.Connect();
        _bob = _chat.Connect();
        _alice.Type("nick alice", "join lobby").ReadTexts();
        _context = _chat.ContextOf("alice");
    }

    [Fact]
    public void A_hole_takes_any_value_in_the_invariant_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        try
        {
            _chat.InLoop(() =>
            {
                _context.Reply($"Numbers: {1.5}, {1.5m}, {1.5f}, {7u}, {(byte)8}, {(short)-9}, {12345.678:0.0}, {new Int128(1, 0)}");
                _context.Reply($"Times: {TimeSpan.FromSeconds(90)}, {new DateTime(2024, 2, 29, 1, 2, 3):s}, {DateTimeOffset.UnixEpoch:u}, {new DateOnly(2024, 2, 29):o}");
                _context.Reply($"Others: {true}, {'é'}, {"😀"[0]}, {Switch.Off}, {(Switch)7}, {new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)}, {new Uri("http://a/")}");
                _context.Reply($"Missing: {(int?)null}{(object?)null}, {(int?)3}");
                _context.Reply($"Columns: [{5,3}] [{5,-3}] [{_context.User,7}] [{"ab",-4}] [{"a"u8.ToArray(),2}] [{0.5,6:0.00}] [{_context.User.CurrentRoom!,-7}]");
            });
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        _chat.Settle();
        Assert.Equal(
            [
                "Numbers: 1.5, 1.5, 1.5, 7, 8, -9, 12345.7, 18446744073709551616",
                "Times: 00:01:30, 2024-02-29T01:02:03, 1970-01-01 00:00:00Z, 2024-02-29",
                "Others: True, é, \uFFFD, Off, 7, 00000001-0002-0003-0405-060708090a0b, http://a/",
                "Missing: , 3",
                "Columns: [  5] [5  ] [  alice] [ab  ] [ a] [  0.50] [#lobby ]",
            ],
            _alice.ReadTexts());
    }

    [Fact]
    public void A_value_is_made_safe_for_a_terminal()
    {
        _chat.InLoop(() => _context.Reply($"Safe: {'\u001b'}{'\n'}{new Sly()}."));
        _chat.Settle();

        Assert.Equal(["Safe: [31mred."], _alice.ReadTexts());
    }

    [Fact]
    public void A_long_value_is_written_whole()
    {
        System.Numerics.BigInteger number = System.Numerics.BigInteger.Pow(10, 200);
        _chat.InLoop(() => _context.Reply($"Number: {number}"));
        _chat.Settle();

        Assert.Equal([$"Number: {number}"], _alice.ReadTexts());
    }

    [Fact]
    public void Values_that_format_themselves_take_no_memory()
    {
        _chat.InLoop(() =>
        {
            Compose();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                Compose();
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        });

        void Compose()
        {
            _ = new LineHandlerProbe(_context, $"{1.5} {2.5m} {TimeSpan.FromSeconds(1)} {DateTimeOffset.UnixEpoch:u} {Guid.Empty} {'x'} {7u}");
        }
    }

    [Fact]
    public void A_text_is_passed_as_a_string_bytes_or_an_interpolated_line()
    {
        User bob = Find("u1001");
        string text = "a\u001b\nb";
        _chat.InLoop(() =>
        {
            _context.Reply(text);
            _context.Reply("bytes"u8);
            _context.TryTell(bob, text);
            _context.TryTell(bob, "bytes"u8);
            _context.TrySay(bob, text);
            _context.TrySay(bob, $"{1.5} from {_context.User}");
            _context.Broadcast(text);
            _context.Say(_context.User.CurrentRoom!, text);
            _context.Quit("bye");
        });
        _chat.Settle();

        Assert.Equal(["ab", "bytes"], _alice.ReadTexts());
        Assert.Equal(["ab", "bytes", "alice ab", "alice 1.5 from alice", "alice ab"], _bob.ReadTexts());
        Assert.Equal(1, _chat.Server.Chat.Rooms.All.Single().History.Count);
    }

    [Fact]
    public void A_notice_to_a_room_reaches_all_in_it_also_those_who_ignore_the_caller()
    {
        SimulatedClient carol = _chat.Connect();
        carol.Type("join lobby", "/ignore alice").ReadTexts();
        _alice.ReadTexts();
        _chat.InLoop(() => _context.TellRoom(_context.User.CurrentRoom!, $"Round {2} begins, {_context.User}."));
        _chat.Settle();

        Assert.Equal(["Round 2 begins, alice."], _alice.ReadTexts());
        Assert.Equal(["Round 2 begins, alice."], carol.ReadTexts());
        Assert.Empty(_bob.ReadTexts());
        Assert.Equal(0, _context.User.CurrentRoom!.History.Count);
    }

    [Fact]
    public void A_notice_to_everyone_reaches_all_in_the_look_of_each()
    {
        _bob.Type("time off", "ignore alice").ReadLines();
        _chat.InLoop(() =>
        {
            _context.TellEveryone($"Server closes in {TimeSpan.FromMinutes(5):m\\:ss}.");
            _context.TellEveryone("Server thanks you.");
        });
        _chat.Settle();

        Assert.Equal(["Server closes in 5:00.", "Server thanks you."], _alice.ReadTexts());
        Assert.Equal(["Server closes in 5:00.", "Server thanks you."], _bob.ReadLines());
    }

    private User Find(string name)
    {
        Assert.True(_chat.Server.Users.TryFind(System.Text.Encoding.UTF8.GetBytes(name), out User? user));
        return user;
    }

    private sealed class Sly
    {
        public override string ToString() => "\u001b[31mred\r\n";
    }

    // Takes a line without writing it, so that nothing but the composing is measured.
    private readonly ref struct LineHandlerProbe
    {
        public LineHandlerProbe(CommandContext context, [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument(nameof(context))] LineHandler line)
        {
            _ = line;
            _ = context;
        }
    }
}
