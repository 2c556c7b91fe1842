namespace AotChat.Generators.Tests;

/// <summary>What a parameter is called where a call is wrong.</summary>
public sealed class UsageSpecs
{
    private static readonly LoadedChat Chat = LoadedChat.With(
        """
        /// <summary>Choices of 30 letters.</summary>
        [Command("walk")] internal static void Walk(CommandContext context, Way way) { }
        /// <summary>Choices of 31 letters.</summary>
        [Command("swim")] internal static void Swim(CommandContext context, LongWay way) { }
        /// <summary>Words in another order than the parameters, and one that is no parameter's.</summary>
        [Command("put", Usage = "put THING INTO")] internal static void Put(CommandContext context, string into, string what) { }
        """,
        """

        public enum Way { North, South, East, West, Up, Downs }
        public enum LongWay { North, South, East, West, Up, Downer }
        """);

    [Theory]
    [InlineData("walk", "Invalid walk parameters: north|south|east|west|up|downs is missing. Usage: walk north|south|east|west|up|downs")]
    [InlineData("swim", "Invalid swim parameters: WAY is missing. Usage: swim WAY")]
    public void Choices_of_up_to_30_letters_stand_in_the_usage_and_longer_ones_have_a_word(string line, string expected) =>
        Assert.Equal([expected], Chat.Run(line));

    [Theory]
    [InlineData("put", "Invalid put parameters: INTO is missing. Usage: put THING INTO")]
    [InlineData("put a", "Invalid put parameters: WHAT is missing. Usage: put THING INTO")]
    public void A_parameter_whose_word_stands_elsewhere_in_the_usage_keeps_it(string line, string expected) =>
        Assert.Equal([expected], Chat.Run(line));
}
