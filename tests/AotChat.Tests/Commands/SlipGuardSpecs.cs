using System.Text;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>What is not said in a room, since it was meant for one alone, and what only looks alike and is said.</summary>
/// <remarks>
/// alice (u1000) talks in #lobby; bob (u1001) listens there; carol (u1002) is online and in no room; dave was here as
/// u1003 and has left; erin is registered and not here. bob has written to alice alone, nobody has written to bob.
/// </remarks>
public sealed class SlipGuardSpecs
{
    private readonly SimulatedChat _chat = new();
    private readonly SimulatedClient _alice;
    private readonly SimulatedClient _bob;

    public SlipGuardSpecs()
    {
        _alice = Connect("alice");
        _bob = Connect("bob");
        Connect("carol");
        Connect("dave").Type("quit");
        _chat.Server.Chat.Accounts.Add(TestAccounts.New("erin").Kept);
        _bob.Type("msg alice psst", "join lobby");
        _alice.Type("join lobby");
        _alice.ReadTexts();
        _bob.ReadTexts();
    }

    [Theory]

    // The command and its aliases.
    [InlineData("msg bob secret", "msg")]
    [InlineData("MSG Bob secret", "msg")]
    [InlineData("  msg bob secret", "msg")]
    [InlineData("msg\tbob\tsecret", "msg")]
    [InlineData("m bob secret", "msg")]
    [InlineData("tell bob secret", "msg")]
    [InlineData("whisper bob secret", "msg")]
    [InlineData("whisper to bob secret", "msg")]
    [InlineData("query bob secret", "msg")]
    [InlineData("pm bob secret", "msg")]
    [InlineData("dm bob secret", "msg")]
    [InlineData("privmsg bob secret", "msg")]

    // Whom it may be for.
    [InlineData("msg carol secret", "msg")]
    [InlineData("msg dave secret", "msg")]
    [InlineData("msg u1003 secret", "msg")]
    [InlineData("msg b0b secret", "msg")]
    [InlineData("msg carlo secret", "msg")]
    [InlineData("msg crol secret", "msg")]
    [InlineData("msg @bob secret", "msg")]
    [InlineData("msg bob,carol secret", "msg")]
    [InlineData("msg bob, carol secret", "msg")]
    [InlineData("msg nobody,bob secret", "msg")]
    [InlineData("msg nobody, bob secret", "msg")]
    [InlineData("msg nobody,noone,bbo secret", "msg")]
    [InlineData("msg bob,secret", "msg")]
    [InlineData("msg bbo secret", "msg")]
    [InlineData("msg bob: secret", "msg")]
    [InlineData("msg \"bob\" secret", "msg")]
    [InlineData("msg #lobby secret", "msg")]

    // What may be told.
    [InlineData("msg bob :)", "msg")]
    [InlineData("msg bob ?", "msg")]
    [InlineData("msg bob ❤️", "msg")]
    [InlineData("tell bob 👍", "msg")]
    [InlineData("tell bob …", "msg")]
    [InlineData("r :)", "r")]

    // Slips of the fingers.
    [InlineData("mgs bob secret", "msg")]
    [InlineData("smg bob secret", "msg")]
    [InlineData("mg bob secret", "msg")]
    [InlineData("sg bob secret", "msg")]
    [InlineData("mssg bob secret", "msg")]
    [InlineData("msgs bob secret", "msg")]
    [InlineData("nsg bob secret", "msg")]
    [InlineData("msf bob secret", "msg")]
    [InlineData("tlel bob secret", "msg")]
    [InlineData("wisper bob secret", "msg")]
    [InlineData(".msg bob secret", "msg")]
    [InlineData("\\msg bob secret", "msg")]
    [InlineData("- msg bob secret", "msg")]
    [InlineData("'/msg bob secret", "msg")]
    [InlineData("»/msg bob secret", "msg")]
    [InlineData("\uFFFD/msg bob secret", "msg")]
    [InlineData("msg:bob secret", "msg")]
    [InlineData("2/msg bob secret", "msg")]
    [InlineData("[A/msg bob secret", "msg")]
    [InlineData("\uFFFDabc/msg bob secret", "msg")]
    [InlineData("ｍｓｇ　ｂｏｂ　secret", "msg")]
    [InlineData("／msg bob secret", "msg")]
    [InlineData(".mgs bob secret", "msg")]

    // The answer to the last writer, who is bob.
    [InlineData("r secret", "r")]
    [InlineData("R secret and more", "r")]
    [InlineData("reply secret", "r")]
    [InlineData("repyl secret", "r")]
    [InlineData(".r secret", "r")]

    // What nobody sees.
    [InlineData("\u200bmsg bob secret", "msg")]
    [InlineData("m\u200bsg bob secret", "msg")]
    [InlineData("msg\u200bbob\u200bsecret", "msg")]
    [InlineData("msg bob\u200bsecret", "msg")]
    [InlineData("\ufeffmsg\ufeffbob\ufeffsecret", "msg")]
    [InlineData("tell\u2060bob secret", "msg")]
    [InlineData("r\u200bsecret", "r")]
    [InlineData("msg\u00a0bob\u3000secret", "msg")]
    [InlineData("\u001b[Amsg bob secret", "msg")]
    [InlineData("\u001bmsg bob secret", "msg")]
    [InlineData("\u001b[msg bob secret", "msg")]
    [InlineData("\u001bm bob secret", "msg")]
    [InlineData("\u001bOm bob secret", "msg")]
    [InlineData(".\u001bm bob secret", "msg")]
    [InlineData("\uFFFD\u001bm bob secret", "msg")]
    [InlineData("\u001bm\u001b[A bob secret", "msg")]
    [InlineData("\u0004\b\0msg bob secret", "msg")]

    // Passwords.
    [InlineData("login alice secret", "login")]
    [InlineData("LOGIN Alice secret", "login")]
    [InlineData("login al1ce secret", "login")]
    [InlineData("login acile secret", "login")]
    [InlineData("login nobody secret", "login")]
    [InlineData("login erin", "login")]
    [InlineData("login ernin secret", "login")]
    [InlineData("logni alice secret", "login")]
    [InlineData("logi bob secret", "login")]
    [InlineData(".login alice secret", "login")]
    [InlineData("\uFFFD/login nobody secret", "login")]
    [InlineData("[A/register secret", "register")]
    [InlineData("login\u200balice\u200bsecret", "login")]
    [InlineData("\u001b[Alogin alice secret", "login")]
    [InlineData("register secret", "register")]
    [InlineData("register correct horse battery", "register")]
    [InlineData("regsiter secret", "register")]
    [InlineData("password old-secret new-secret", "password")]
    [InlineData("unregister secret", "unregister")]
    [InlineData("msg erin secret", "msg")]
    [InlineData("msg ernin secret", "msg")]
    public void A_line_that_was_meant_for_one_user_alone_is_not_said(string line, string command)
    {
        Assert.Equal(
            [$"Not sent: this looks private. Send it with /{command} …, or say it in #lobby with /say lobby …"],
            _alice.Type(line).ReadTexts());
        Assert.Empty(_bob.ReadTexts());
        Assert.Equal(["History of #lobby is empty."], _alice.Type("/history").ReadTexts());
    }

    [Theory]

    // Nobody of that name is or was here.
    [InlineData("tell me more")]
    [InlineData("msg nobody,noone,nowhere,bbo and others")]
    [InlineData("tell them that we are late")]
    [InlineData("tell me, bob, how it is done")]
    [InlineData("msg me when you are there")]
    [InlineData("query plans are slow today")]
    [InlineData("message received")]
    [InlineData("m 12 screws, please")]

    // No command, and none that a finger slipped from.
    [InlineData("well bob I think so")]
    [InlineData("sell bob the car")]
    [InlineData("call bob tomorrow")]
    [InlineData("my bob is a cat")]
    [InlineData("am I, bob and carol late?")]
    [InlineData("message bob tomorrow")]
    [InlineData("as bob said")]
    [InlineData("the msg bob sent was nice")]
    [InlineData("über msg bob denke ich nach")]
    [InlineData("rely on it")]
    [InlineData("ready or not")]
    [InlineData("bob msg me")]
    [InlineData("ms g bob secret")]
    [InlineData("and/or bob knows")]
    [InlineData("http://tell bob of it")]
    [InlineData("he/she told bob")]

    [InlineData("login fails")]
    [InlineData("logic nobody has")]
    [InlineData("registered users only")]
    [InlineData("passwords are hard")]
    [InlineData("register")]
    [InlineData("password?")]

    // Nothing is told.
    [InlineData("msg")]
    [InlineData("msg bob")]
    [InlineData("tell bob!")]
    [InlineData("tell bob...")]
    [InlineData("r?")]
    [InlineData("r")]
    public void A_line_that_only_looks_alike_is_said(string line)
    {
        _alice.Type(line);

        Assert.Equal([$"#lobby alice {line}"], _bob.ReadTexts());
    }

    [Theory]
    [InlineData("r u there?")]
    [InlineData("reply all was a mistake")]
    public void A_reply_is_said_when_nobody_has_written_to_its_sender(string line)
    {
        _bob.Type(line);

        Assert.Equal([$"#lobby bob {line}"], _alice.ReadTexts());
    }

    [Fact]
    public void A_line_that_the_guard_refuses_can_be_said_with_say()
    {
        _alice.Type("/say lobby msg bob is how it is done");

        Assert.Equal(["#lobby alice msg bob is how it is done"], _bob.ReadTexts());
    }

    [Fact]
    public void Behind_any_invisible_prefix_a_private_line_is_sent_or_refused_and_never_said()
    {
        string[] prefixes =
        [
            "\u001b[A", "\u001b[1;5C", "\u001bOA", "\u001b[200~", "\u001b[", "\u001b[1", "\u001b", "\u001bO", "\u001bN", "\u001b]", "\u001b]0;x\a",
            "\u001bP", "\u001b_", "\u001b(", "\u001b(B", "\u009b", "\u009d", "\u008f", "\u0090", "\b", "\u007f", "\0", "\u0001", "\u0003", "\u0004", "\u0015",
            "\u0017", "\u0018", "\u001a", "\a", "\u000b", "\f", "\u0085", " ", "\t", "\u00a0", "\u00ad", "\u034f", "\u061c", "\u115f", "\u1680", "\u180e", "\u2003", "\u200b",
            "\u200c", "\u200d", "\u200e", "\u200f", "\u2028", "\u2029", "\u202a", "\u202e", "\u202f", "\u205f", "\u2060", "\u2064", "\u2066", "\u2069", "\u206f",
            "\u2800", "\u3000", "\u3164", "\ufe0f", "\ufeff", "\uffa0", "\ufff9", "\U000e0041",
        ];
        string[] calls = ["/msg bob secret", "msg bob secret", "m bob secret", "/m bob secret", "tell bob secret", "r secret", "/r secret", "mgs bob secret", "login bob secret", "/login bob secret", "register secret"];
        Random random = new(7);
        TelnetUser typist = new TelnetUser(_chat).SwitchToCharacters().Press("nick frank\rjoin lobby\r");
        _bob.Type("/msg frank psst").ReadTexts();
        for (int round = 0; round < 5_000; round++)
        {
            string prefix = round < prefixes.Length ? prefixes[round] : string.Concat(random.GetItems(prefixes, random.Next(1, 5)));
            _alice.Send(Encoding.UTF8.GetBytes(prefix + calls[random.Next(calls.Length)] + "\n"));

            // In the line editor the same keys do other things. Two are left out: Ctrl-D quits, and Up shows an earlier line.
            string keys = prefix.Replace("\u0004", "").Replace("\u001b[A", "").Replace("\u001bOA", "") + calls[random.Next(calls.Length)] + "\r";
            typist.Send(Encoding.UTF8.GetBytes(keys));
            string[] heard = _bob.ReadTexts();
            Assert.True(heard.All(line => !line.StartsWith('#')), $"Behind {Convert.ToHexString(Encoding.UTF8.GetBytes(prefix))} bob heard: {string.Join('|', heard)}");
        }

        _alice.ReadTexts();
        Assert.Equal(["History of #lobby is empty."], _alice.Type("/history").ReadTexts());
    }

    [Fact]
    public void A_long_list_of_recipients_is_not_looked_through_to_its_end()
    {
        string names = string.Join(',', Enumerable.Range(0, 170).Select(number => $"nobody-of-this-name-{number:000}"));
        _alice.Type($"msg {names} x");

        Assert.Single(_bob.ReadTexts());
    }

    private SimulatedClient Connect(string name)
    {
        SimulatedClient client = _chat.Connect().Type("nick " + name);
        client.ReadTexts();
        return client;
    }
}
