using System.Text.RegularExpressions;
using AotChat.Chat;
using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Text;
using AotChat.Transport;

namespace AotChat.Tests.Commands;

/// <summary>Nothing that anybody can say looks like a line of the server, or of somebody else.</summary>
public sealed partial class ForgerySpecs
{
    private const int Lives = 60;
    private const int StepsPerLife = 60;

    private static readonly PeerAddress Elsewhere = PeerAddress.FromV4([192, 0, 2, 1], 1);

    // Looks in which a line has no stamp, other words, colours.
    private static readonly string[][] Looks = [[], ["/time off"], ["/time off", "/colour on"], ["/time short"]];

    private readonly ReservedNames _reserved = ServerWords.Reserve([]);

    [Fact]
    public void Every_line_of_the_server_begins_with_what_no_user_can_begin_one_with()
    {
        string[] lines = ServerLines();

        Assert.Contains("User alice is now known as carol", lines);
        Assert.Contains("#lobby + carol joined", lines);
        Assert.All(lines, line => Assert.True(IsTheServers(line), "This could be said by a user: " + line));
    }

    [Fact]
    public void A_users_words_begin_with_the_users_name_in_every_look()
    {
        string[] serverLines = ServerLines();
        for (int seed = 0; seed < Lives; seed++)
        {
            Live(new Random(seed), serverLines);
        }
    }

    private static void Live(Random random, string[] serverLines)
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0 });
        SimulatedClient mallory = chat.Connect();
        SimulatedClient victim = chat.Connect(peer: Elsewhere);
        victim.Type(["nick victim", "join lobby", .. Looks[random.Next(Looks.Length)]]);
        mallory.Type("join lobby");
        string name = mallory.Type("/nick mallory").ReadTexts()[^1].Split(' ')[^1];
        victim.Transport.Read();
        for (int step = 0; step < StepsPerLife; step++)
        {
            string text = TextOf(random, serverLines);
            string line = random.Next(7) switch
            {
                0 => "/msg victim " + text,
                1 => "/broadcast " + text,
                2 => "/say lobby " + text,
                3 => "/me " + text,
                4 => "/msg #lobby " + text,
                5 => "/r " + text,
                _ => "//" + text,
            };
            mallory.Type(line);

            // A tone, and what a look puts in front of all lines, are not part of what was said.
            foreach (string heard in System.Text.Encoding.UTF8.GetString(victim.Transport.Read()).Split('\n')[..^1])
            {
                string plain = Marks().Replace(heard, "");
                Assert.True(
                    plain.StartsWith(name + " ", StringComparison.Ordinal)
                        || plain.StartsWith($"(all) {name} ", StringComparison.Ordinal)
                        || plain.StartsWith($"#lobby {name} ", StringComparison.Ordinal)
                        || plain.StartsWith($"#lobby * {name} ", StringComparison.Ordinal),
                    $"«{line}» was heard as «{heard}»");
                Assert.DoesNotContain(plain, serverLines);
            }
        }
    }

    // Lines of the server, pieces of them, and what confuses a terminal or a reader.
    private static string TextOf(Random random, string[] serverLines)
    {
        string[] pieces =
        [
            "\r", "\r\n", "\n", "\u2028", "\u0085", "\u202e", "\u200b", "\u001b[2K\u001b[G", "\t", " ", "", "* ", "#lobby ", "is now known as carol",
            "[20240229 23:59:58.123456] ", "(all) ", "joined", "Server is shutting down.",
        ];
        string text = "";
        for (int parts = random.Next(1, 4); parts > 0; parts--)
        {
            text += random.Next(2) == 0 ? serverLines[random.Next(serverLines.Length)] : pieces[random.Next(pieces.Length)];
        }

        // A line feed ends what is said, and the next line would be a command.
        return text.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal) + "x";
    }

    // A name that a user may have, or a room with such a name behind it, begins lines of users alone.
    private bool IsTheServers(string line)
    {
        string[] words = line.Split(' ');
        string first = words[0].StartsWith('#') && words.Length > 1 ? words[1] : words[0].TrimEnd(':');
        return !NameRules.IsWellFormed(System.Text.Encoding.UTF8.GetBytes(first))
            || _reserved.Contains(LookAlikes.Fold(System.Text.Encoding.UTF8.GetBytes(first)));
    }

    // All that the server says of itself in a life in which nobody says anything.
    private static string[] ServerLines()
    {
        SimulatedChat chat = new(new ChatOptions { FloodRate = 0 });
        SimulatedClient alice = chat.Connect(readWelcome: false);
        SimulatedClient bob = chat.Connect(readWelcome: false, peer: Elsewhere);
        SimulatedClient ghost = chat.Connect(peer: Elsewhere);
        ghost.Type("nick ghost");
        alice.Type("nick alice", "join lobby");
        bob.Type("nick bob", "join lobby", "/topic about chat", "/away lunch", "/nick ghost");
        alice.Type("/nick carol", "/w", "/w lobby", "/rooms", "/topic", "/whois bob", "/seen bob", "/seen ghost", "/seen alice", "/seen nobody-here", "/ignores");
        alice.Type("/ignore bob", "/ignores", "/unignore bob", "/history", "/search x", "/stats", "/workers", "/jobs", "/help", "/time", "/room", "/rooom", "/msg nobody-here x");
        foreach (CommandInfo command in CommandDispatcher.All)
        {
            if (command.Name is not ("quit" or "broadcast" or "msg" or "say" or "me" or "r"))
            {
                alice.Type("/help " + command.Name, "/" + command.Name, $"/{command.Name} bob", $"/{command.Name} nobody-here x");
            }
        }

        alice.Type("/join lobby", "/leave", "join lobby");
        chat.Advance(TimeSpan.FromMinutes(1));
        ghost.HangUp();
        alice.Type("/quit bye");
        chat.Stop(TimeSpan.FromSeconds(1), () => { });
        chat.Settle();
        return
        [
            .. alice.ReadLines().Concat(bob.ReadLines()).Concat(ghost.ReadLines())
                .Select(line => Marks().Replace(line, ""))
                .Where(line => line.Trim().Length > 0)
                .Distinct(),
        ];
    }

    [GeneratedRegex(@"^\[[^\]]*\] |\u001b\[[0-9;]*m|\a|^\d\d:\d\d(:\d\d)? ")]
    private static partial Regex Marks();
}
