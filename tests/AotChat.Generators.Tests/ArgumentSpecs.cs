namespace AotChat.Generators.Tests;

/// <summary>What each type of parameter takes from the line, and what is said where it can't.</summary>
public sealed class ArgumentSpecs
{
    private static readonly Lazy<LoadedChat> Sample = new(() => LoadedChat.With(
        """
        /// <summary>A 64-bit integer.</summary>
        [Command("long")] internal static void Long(CommandContext context, long n) => context.Log.Add($"{n}");
        /// <summary>A number.</summary>
        [Command("double")] internal static void Double(CommandContext context, double x) => Say(context, $"{x}");
        /// <summary>An integer of any size.</summary>
        [Command("big")] internal static void Big(CommandContext context, System.Numerics.BigInteger n) => Say(context, $"{n}");
        /// <summary>Yes or no.</summary>
        [Command("bool")] internal static void Bool(CommandContext context, bool flag = true) => Say(context, $"{flag}");
        /// <summary>A duration.</summary>
        [Command("time")] internal static void Time(CommandContext context, TimeSpan delay) => Say(context, $"{delay:c}");
        /// <summary>A moment.</summary>
        [Command("date")] internal static void Date(CommandContext context, DateTimeOffset when) => Say(context, $"{when:yyyy-MM-ddTHH:mm:ss.fffzzz}");
        /// <summary>A choice.</summary>
        [Command("paint")] internal static void Paint(CommandContext context, Color color, Color background = Color.DarkRed) =>
            Say(context, $"{color} on {background}");
        /// <summary>One choice.</summary>
        [Command("lonely")] internal static void Lonely(CommandContext context, Lonely? one) => Say(context, $"{one}");
        /// <summary>Two words in a name.</summary>
        [Command("named")] internal static void Named(CommandContext context, string roomName, User firstUser, User other) => Say(context, roomName);

        /// <summary>A list of texts.</summary>
        [Command("words")] internal static void Words(CommandContext context, int n, params string[] words) =>
            Say(context, $"{n}: {string.Join("|", words)}");
        /// <summary>A list of limited numbers.</summary>
        [Command("sum")] internal static void Sum(CommandContext context, [Between(0, 9)] params int[] numbers) => Say(context, $"{numbers.Sum()}");
        /// <summary>A list of people.</summary>
        [Command("invite")] internal static void Invite(CommandContext context, params User[] users) =>
            Say(context, string.Join("+", users.Select(user => user.Name)));
        /// <summary>A coin.</summary>
        [Command("toss")] internal static void Toss(CommandContext context, Coin side) => Say(context, $"{side}");
        /// <summary>Two rooms.</summary>
        [Command("merge")] internal static void Merge(CommandContext context, Room from, Room? into = null) => Say(context, $"{from.Name} into {into?.Name ?? "here"}");
        /// <summary>A list of rooms.</summary>
        [Command("visit")] internal static void Visit(CommandContext context, User user, params Room[] rooms) =>
            Say(context, $"{user.Name} in {string.Join("+", rooms.Select(room => room.Name))}");
        /// <summary>A room.</summary>
        [Command("close")] internal static void Close(CommandContext context, Room theRoom) => Say(context, theRoom.Name);
        /// <summary>A list of choices.</summary>
        [Command("colors")] internal static void Colors(CommandContext context, params Color[] colors) => Say(context, string.Join("+", colors));
        /// <summary>A list of short texts.</summary>
        [Command("tags")] internal static void Tags(CommandContext context, [Length(2, 3)] params string[] tags) => Say(context, string.Join("+", tags));

        /// <summary>A limited number.</summary>
        [Command("roll")] internal static void Roll(CommandContext context, [Between(2, 1_000)] int sides = 6) => Say(context, $"{sides}");
        /// <summary>With a line of its own.</summary>
        [Command("pick", Invalid = "Invalid pick.")]
        internal static void Pick(CommandContext context, [Between(1, 45, Invalid = "Cannot pick: {limit}")] int n) => Say(context, $"{n}");
        /// <summary>A limited, nullable number.</summary>
        [Command("least")] internal static void Least(CommandContext context, [Between(1, long.MaxValue)] long? n) => Say(context, $"{n}");
        /// <summary>Limited from above, without a word.</summary>
        [Command("most")] internal static void Most(CommandContext context, [Between(double.NegativeInfinity, 0.5)] double x) => Say(context, $"{x}");
        /// <summary>A limited duration.</summary>
        [Command("mute")] internal static void Mute(CommandContext context, [Between("1s", "1h30m")] TimeSpan time) => Say(context, $"{time:c}");
        /// <summary>A limited big number.</summary>
        [Command("huge")] internal static void Huge(CommandContext context, [Between(0, 100)] System.Numerics.BigInteger n) => Say(context, $"{n}");
        /// <summary>A limited text.</summary>
        [Command("topic")] internal static void Topic(CommandContext context, [Rest, Length(5)] ReadOnlySpan<byte> text) => Say(context, $"{text.Length} bytes");
        /// <summary>A limited, optional text.</summary>
        [Command("nick")] internal static void Nick(CommandContext context, [Length(3, 8)] string? name = null) => Say(context, name ?? "none");

        /// <summary>Exactly five.</summary>
        [Command("code")] internal static void Code(CommandContext context, [Length(5, 5)] string code) => Say(context, code);
        /// <summary>Exactly one.</summary>
        [Command("letter")] internal static void Letter(CommandContext context, [Length(1, 1)] string letter) => Say(context, letter);
        /// <summary>At most one.</summary>
        [Command("initial")] internal static void Initial(CommandContext context, [Length(0, 1)] string initial) => Say(context, initial);
        /// <summary>Exactly seven.</summary>
        [Command("seven")] internal static void Seven(CommandContext context, [Between(7, 7)] int n) => Say(context, $"{n}");

        /// <summary>Words that its usage calls otherwise.</summary>
        [Command("send", Usage = "send USER[,USER...] [N or ALL] [TEXT...]")] internal static void Send(CommandContext context, string recipients, int count, [Rest] string words) => Say(context, words);
        /// <summary>A choice that the usage spells out.</summary>
        [Command("bell", Usage = "bell on|off")] internal static void Bell(CommandContext context, bool state) => Say(context, $"{state}");
        /// <summary>Two such choices.</summary>
        [Command("mix", Usage = "mix red|green [N]")] internal static void Mix(CommandContext context, Color first, int n = 0) => Say(context, $"{first}");
        /// <summary>More words than parameters, and not its own name first.</summary>
        [Command("ask", Usage = "QUESTION | ANSWER | ANSWER")] internal static void Ask(CommandContext context, [Rest] string text) => Say(context, text);
        /// <summary>Fewer words than parameters, and its own word elsewhere.</summary>
        [Command("few", Usage = "few TO")] internal static void Few(CommandContext context, string from, string to) => Say(context, to);

        /// <summary>A token between words.</summary>
        [Command("token")] internal static ValueTask Token(CommandContext context, int a, CancellationToken gone, [Rest] string b, CancellationToken again)
        {
            Say(context, $"{a} {gone.IsCancellationRequested} {b} {again.IsCancellationRequested}");
            return default;
        }

        private static void Say(CommandContext context, FormattableString text) => context.Log.Add(FormattableString.Invariant(text));
        private static void Say(CommandContext context, string text) => context.Log.Add(text);
        """,
        """

        public enum Color { Red, Green, DarkRed, @class, off_white }

        public enum Lonely { One }
        public enum Coin { Heads, Tails }
        """));

    [Theory]
    [InlineData("long -9223372036854775808", "-9223372036854775808")]
    [InlineData("long 9223372036854775808", "Invalid long parameters: N must be a whole number up to 9223372036854775807. Usage: long N")]
    [InlineData("double 1.5", "1.5")]
    [InlineData("double -1e3", "-1000")]
    [InlineData("double 1,5", "Invalid double parameters: X must be a number. Usage: double X")]
    [InlineData("double NaN", "Invalid double parameters: X must be a number. Usage: double X")]
    [InlineData("double 1e999", "Invalid double parameters: X must be a number. Usage: double X")]
    [InlineData("big -340282366920938463463374607431768211456", "-340282366920938463463374607431768211456")]
    [InlineData("big 0x1", "Invalid big parameters: N must be a whole number. Usage: big N")]
    [InlineData("bool", "True")]
    [InlineData("bool OFF", "False")]
    [InlineData("bool 1", "True")]
    [InlineData("bool maybe", "Invalid bool parameters: FLAG must be yes or no. Usage: bool [FLAG]")]
    [InlineData("time 90s", "00:01:30")]
    [InlineData("time 5m", "00:05:00")]
    [InlineData("time 1H30M", "01:30:00")]
    [InlineData("time 2d1ms", "2.00:00:00.0010000")]
    [InlineData("time 90", "Invalid time parameters: DELAY must be a time such as 90s, 5m or 1h30m. Usage: time DELAY")]
    [InlineData("time 5m5m", "Invalid time parameters: DELAY must be a time such as 90s, 5m or 1h30m. Usage: time DELAY")]
    [InlineData("time 5m1h", "Invalid time parameters: DELAY must be a time such as 90s, 5m or 1h30m. Usage: time DELAY")]
    [InlineData("time 9999999999999d", "Invalid time parameters: DELAY must be a time such as 90s, 5m or 1h30m. Usage: time DELAY")]
    [InlineData("date 2024-02-29", "2024-02-29T00:00:00.000+00:00")]
    [InlineData("date 2024-02-29T23:59", "2024-02-29T23:59:00.000+00:00")]
    [InlineData("date 2024-02-29T23:59:58.5+01:30", "2024-02-29T23:59:58.500+01:30")]
    [InlineData("date 2024-02-29T23:59Z", "2024-02-29T23:59:00.000+00:00")]
    [InlineData("date 2023-02-29", "Invalid date parameters: WHEN must be a date and time such as 2024-02-29T23:59Z. Usage: date WHEN")]
    [InlineData("paint red", "Red on DarkRed")]
    [InlineData("paint CLASS Off_White", "class on off_white")]
    [InlineData("paint blue", "Invalid paint parameters: COLOR must be red, green, darkred, class or off_white. Usage: paint COLOR [BACKGROUND]")]
    [InlineData("paint 1", "Invalid paint parameters: COLOR must be red, green, darkred, class or off_white. Usage: paint COLOR [BACKGROUND]")]
    [InlineData("lonely", "")]
    [InlineData("lonely one", "One")]
    [InlineData("lonely two", "Invalid lonely parameters: the word must be one. Usage: lonely [one]")]
    [InlineData("toss heads", "Heads")]
    [InlineData("toss Tails", "Tails")]
    [InlineData("toss edge", "Invalid toss parameters: the word must be heads or tails. Usage: toss heads|tails")]
    [InlineData("toss", "Invalid toss parameters: heads|tails is missing. Usage: toss heads|tails")]
    [InlineData("merge #a", "#a into here")]
    [InlineData("merge #a #b", "#a into #b")]
    [InlineData("merge #a b", "no room: b")]
    [InlineData("merge", "Invalid merge parameters: FROM is missing. Usage: merge FROM [INTO]")]
    [InlineData("close", "Invalid close parameters: ROOM is missing. Usage: close ROOM")]
    [InlineData("close #a b", "Invalid close parameters: too many words. Usage: close ROOM")]
    [InlineData("named a u1", "Invalid named parameters: OTHER is missing. Usage: named ROOM-NAME FIRST-USER OTHER")]
    public void A_word_is_read_as_its_parameter_takes_it(string line, string expected) => Assert.Equal([expected], Sample.Value.Run(line));

    [Theory]
    [InlineData("words 1", "1: ")]
    [InlineData("words 1 a  b", "1: a|b")]
    [InlineData("words", "Invalid words parameters: N is missing. Usage: words N [WORDS...]")]
    [InlineData("sum", "0")]
    [InlineData("sum 1 2 3 4", "10")]
    [InlineData("sum 1 x", "Invalid sum parameters: each of NUMBERS must be a whole number up to 2147483647. Usage: sum [NUMBERS...]")]
    [InlineData("sum 1 10", "Invalid sum parameters: each of NUMBERS must be from 0 to 9. Usage: sum [NUMBERS...]")]
    [InlineData("invite u1 u2", "u1+u2")]
    [InlineData("invite u1 bob", "not found: bob")]
    [InlineData("visit u1 #a #b", "u1 in #a+#b")]
    [InlineData("visit u1 #a b", "no room: b")]
    [InlineData("colors red DARKRED", "Red+DarkRed")]
    [InlineData("tags ab abc", "ab+abc")]
    [InlineData("tags ab a", "Invalid tags parameters: each of TAGS must have 2 to 3 characters. Usage: tags [TAGS...]")]
    public void A_list_takes_all_words_that_are_left(string line, string expected) => Assert.Equal([expected], Sample.Value.Run(line));

    [Theory]
    [InlineData("roll", "6")]
    [InlineData("roll 1000", "1000")]
    [InlineData("roll 1", "Invalid roll parameters: SIDES must be from 2 to 1000. Usage: roll [SIDES]")]
    [InlineData("roll 1001", "Invalid roll parameters: SIDES must be from 2 to 1000. Usage: roll [SIDES]")]
    [InlineData("pick x", "Invalid pick.")]
    [InlineData("pick 0", "Cannot pick: N must be from 1 to 45")]
    [InlineData("least", "")]
    [InlineData("least 0", "Invalid least parameters: N must be at least 1. Usage: least [N]")]
    [InlineData("most 0.6", "Invalid most parameters: X must be at most 0.5. Usage: most X")]
    [InlineData("mute 2h", "Invalid mute parameters: TIME must be from 1s to 1h30m. Usage: mute TIME")]
    [InlineData("mute 90m", "01:30:00")]
    [InlineData("huge 101", "Invalid huge parameters: N must be from 0 to 100. Usage: huge N")]
    [InlineData("topic äöü€𝄞", "13 bytes")]
    [InlineData("topic a b cd", "Invalid topic parameters: TEXT must have at most 5 characters. Usage: topic TEXT")]
    [InlineData("code 12345", "12345")]
    [InlineData("code 1234", "Invalid code parameters: CODE must have 5 characters. Usage: code CODE")]
    [InlineData("code 123456", "Invalid code parameters: CODE must have 5 characters. Usage: code CODE")]
    [InlineData("letter €", "€")]
    [InlineData("letter ab", "Invalid letter parameters: LETTER must have 1 character. Usage: letter LETTER")]
    [InlineData("initial a", "a")]
    [InlineData("initial ab", "Invalid initial parameters: INITIAL must have at most 1 character. Usage: initial INITIAL")]
    [InlineData("seven 7", "7")]
    [InlineData("seven 6", "Invalid seven parameters: N must be 7. Usage: seven N")]
    [InlineData("seven 8", "Invalid seven parameters: N must be 7. Usage: seven N")]
    [InlineData("roll 2", "2")]
    [InlineData("pick 45", "45")]
    [InlineData("pick 46", "Cannot pick: N must be from 1 to 45")]
    [InlineData("most 0.5", "0.5")]
    [InlineData("mute 1s", "00:00:01")]
    [InlineData("mute 999ms", "Invalid mute parameters: TIME must be from 1s to 1h30m. Usage: mute TIME")]
    [InlineData("nick Bobbyboy", "Bobbyboy")]
    [InlineData("nick Bobbyboys", "Invalid nick parameters: NAME must have 3 to 8 characters. Usage: nick [NAME]")]
    [InlineData("nick", "none")]
    [InlineData("nick Bob", "Bob")]
    [InlineData("nick Al", "Invalid nick parameters: NAME must have 3 to 8 characters. Usage: nick [NAME]")]
    public void A_limit_is_kept_and_told(string line, string expected) => Assert.Equal([expected], Sample.Value.Run(line));

    [Theory]
    [InlineData("send", "Invalid send parameters: USER is missing. Usage: send USER[,USER...] [N or ALL] [TEXT...]")]
    [InlineData("send x", "Invalid send parameters: N or ALL is missing. Usage: send USER[,USER...] [N or ALL] [TEXT...]")]
    [InlineData("send x y z", "Invalid send parameters: N or ALL must be a whole number up to 2147483647. Usage: send USER[,USER...] [N or ALL] [TEXT...]")]
    [InlineData("send x 1", "Invalid send parameters: TEXT is missing. Usage: send USER[,USER...] [N or ALL] [TEXT...]")]
    [InlineData("send x 1  \t ", "Invalid send parameters: TEXT is missing. Usage: send USER[,USER...] [N or ALL] [TEXT...]")]
    [InlineData("bell", "Invalid bell parameters: on|off is missing. Usage: bell on|off")]
    [InlineData("bell ring", "Invalid bell parameters: the word must be yes or no. Usage: bell on|off")]
    [InlineData("mix blue", "Invalid mix parameters: word 1 must be red, green, darkred, class or off_white. Usage: mix red|green [N]")]
    [InlineData("mix red x", "Invalid mix parameters: N must be a whole number up to 2147483647. Usage: mix red|green [N]")]
    [InlineData("ask", "Invalid ask parameters: QUESTION is missing. Usage: QUESTION | ANSWER | ANSWER")]
    [InlineData("few", "Invalid few parameters: FROM is missing. Usage: few TO")]
    [InlineData("few x", "Invalid few parameters: TO is missing. Usage: few TO")]
    public void An_error_calls_a_parameter_what_the_usage_calls_it(string line, string expected) =>
        Assert.Equal([expected], Sample.Value.Run(line));

    [Fact]
    public void A_token_takes_nothing_from_the_line()
    {
        Assert.Equal(["1 True the rest True"], Sample.Value.Run("token 1 the rest"));
        Assert.Contains("token A B | A token between words.", Sample.Value.Table("Usages"));
    }
}
