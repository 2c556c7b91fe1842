using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>To whom a message goes, and to nobody else.</summary>
public sealed class MessageSpecs
{
    private readonly SimulatedChat _chat = new();
    private readonly SimulatedClient _alice;
    private readonly SimulatedClient _bob;
    private readonly SimulatedClient _carol;

    public MessageSpecs()
    {
        _alice = Named("alice");
        _bob = Named("bob");
        _carol = Named("carol");
    }

    [Theory]
    [InlineData("bob,carol hi")]
    [InlineData("bob, carol hi")]
    [InlineData("bob ,carol hi")]
    [InlineData("bob , carol hi")]
    [InlineData("bob,\t \tcarol hi")]
    [InlineData("bob ,, ,carol hi")]
    [InlineData(",bob,,carol hi")]
    [InlineData("@bob,@carol hi")]
    [InlineData("@bob, @carol hi")]
    [InlineData("bob ,@carol hi")]
    [InlineData("bob, @bob, BOB ,carol hi")]
    public void A_list_goes_to_all_on_it_whatever_the_blanks_around_its_commas(string call)
    {
        Assert.Equal(["Message is delivered to bob", "Message is delivered to carol"], _alice.Type("msg " + call).ReadTexts());
        Assert.Equal(["alice hi"], _bob.ReadTexts());
        Assert.Equal(["alice hi"], _carol.ReadTexts());
    }

    [Fact]
    public void Any_list_of_names_goes_to_all_of_them_or_to_nobody()
    {
        Random random = new(7);
        string[] names = ["bob", "@bob", "carol", "CAROL", "nobody", "hello"];
        string[] commas = [",", ", ", " ,", " , ", ",,", ", ,", "\t,\t"];
        for (int i = 0; i < 2_000; i++)
        {
            string[] list = [.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => names[random.Next(names.Length)])];
            string[] between = [.. list.Skip(1).Select(_ => commas[random.Next(commas.Length)])];
            string call = list[0] + string.Concat(between.Zip(list.Skip(1), (comma, name) => comma + name));
            _alice.Type($"msg {call} the text");
            string[] answers = _alice.ReadTexts();
            string[] bob = _bob.ReadTexts();
            string[] carol = _carol.ReadTexts();

            bool isLoose = between.Any(comma => comma.Any(char.IsWhiteSpace));
            bool isComplete = list.All(name => name is not ("nobody" or "hello"));
            bool isSent = isComplete || !isLoose;
            Assert.Equal(isSent && list.Any(name => name is "bob" or "@bob") ? ["alice the text"] : [], bob);
            Assert.Equal(isSent && list.Any(name => name is "carol" or "CAROL") ? ["alice the text"] : [], carol);
            if (!isSent)
            {
                Assert.StartsWith("Not sent: ", Assert.Single(answers), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("bob, hello there", "hello")]
    [InlineData("bob, carrol hi", "carrol")]
    [InlineData("bob , carrol hi", "carrol")]
    [InlineData("bob,carol, hi", "hi")]
    [InlineData("nobody, carol hi", "nobody")]
    [InlineData("bob, #nowhere hi", "#nowhere")]
    [InlineData(", hi there", "hi")]
    [InlineData("bob, hello", "hello")]
    public void A_list_with_blanks_and_somebody_unknown_goes_to_nobody(string call, string unknown)
    {
        Assert.Equal([$"Not sent: \"{unknown}\" was not found. To send to several: msg USER,USER TEXT"], _alice.Type("msg " + call).ReadTexts());
        Assert.Empty(_bob.ReadTexts());
        Assert.Empty(_carol.ReadTexts());
    }

    [Theory]
    [InlineData("bob ,-)", ",-)")]
    [InlineData("bob , - fine", ", - fine")]
    [InlineData("bob hi, carol", "hi, carol")]
    [InlineData("bob  two spaces", " two spaces")]
    [InlineData("@bob hi @carol", "hi @carol")]
    public void A_comma_that_no_name_follows_is_text(string call, string text)
    {
        Assert.Equal(["Message is delivered to bob"], _alice.Type("msg " + call).ReadTexts());
        Assert.Equal(["alice " + text], _bob.ReadTexts());
        Assert.Empty(_carol.ReadTexts());
    }

    [Theory]
    [InlineData("msg bob, carol")]
    [InlineData("msg bob,carol \t")]
    [InlineData("msg bob, ")]
    [InlineData("msg bob   ")]
    [InlineData("m bob")]
    [InlineData("msg #lobby  ")]
    public void Without_a_text_nothing_is_sent(string line)
    {
        Assert.Equal(["Invalid msg parameters: TEXT is missing. Usage: msg USER TEXT"], _alice.Type(line).ReadTexts());
        Assert.Empty(_bob.ReadTexts());
        Assert.Empty(_carol.ReadTexts());
    }

    [Fact]
    public void Each_name_is_looked_up_once_and_too_many_are_refused_before_anything_is_sent()
    {
        Assert.Equal(["User not found: x"], _alice.Type($"msg {string.Join(',', Enumerable.Repeat("x", 2_000))} hi").ReadTexts());
        string max = string.Join(',', Enumerable.Range(0, ChatOptions.MaxRecipients - 1).Select(number => $"x{number}"));
        Assert.Equal(ChatOptions.MaxRecipients, _alice.Type($"msg bob,{max} hi").ReadTexts().Length);
        Assert.Equal(["alice hi"], _bob.ReadTexts());

        Assert.Equal(["Too many recipients (limit 20)."], _alice.Type($"msg bob,{max},carol hi").ReadTexts());
        Assert.Equal(["Too many recipients (limit 20)."], _alice.Type($"msg bob, {max.Replace(",", " , ", StringComparison.Ordinal)}, carol hi").ReadTexts());
        Assert.Empty(_bob.ReadTexts());
        Assert.Empty(_carol.ReadTexts());
    }

    [Fact]
    public void A_room_among_the_recipients_hears_it_said()
    {
        _bob.Type("join lobby").ReadTexts();
        Assert.Equal(["Only people in #lobby can do that. Join it: join lobby"], _alice.Type("msg #lobby hi").ReadTexts());
        Assert.Equal(["Room not found: #nowhere"], _alice.Type("msg #nowhere hi").ReadTexts());
        Assert.Equal(["Room not found: #"], _alice.Type("msg # hi").ReadTexts());
        Assert.Empty(_bob.ReadTexts());
        _alice.Type("join lobby").ReadTexts();
        _bob.ReadTexts();

        Assert.Empty(_alice.Type("/msg #LOBBY hi all").ReadTexts());
        Assert.Equal(["#lobby alice hi all"], _bob.ReadTexts());
        Assert.Equal(["Message is delivered to carol"], _alice.Type("/msg #lobby, carol hi").ReadTexts());
        Assert.Equal(["#lobby alice hi"], _bob.ReadTexts());
        Assert.Equal(["alice hi"], _carol.ReadTexts());
    }

    [Theory]
    [InlineData("msg @bob hi")]
    [InlineData("m bob hi")]
    [InlineData("tell bob hi")]
    [InlineData("whisper @BOB hi")]
    [InlineData("query bob hi")]
    public void Ways_to_name_a_user_from_other_chats_are_understood(string line)
    {
        Assert.Equal(["Message is delivered to bob"], _alice.Type(line).ReadTexts());
        Assert.Equal(["alice hi"], _bob.ReadTexts());
        Assert.Equal(["Message is delivered to alice"], _bob.Type("reply hi").ReadTexts());
    }

    [Theory]
    [InlineData("msg @nobody hi", "User not found: @nobody")]
    [InlineData("msg @ hi", "User not found: @")]
    public void Nobody_is_found_by_another_name(string line, string answer)
    {
        Assert.Equal([answer], _alice.Type(line).ReadTexts());
        Assert.Empty(_bob.ReadTexts());
    }

    private SimulatedClient Named(string name)
    {
        SimulatedClient client = _chat.Connect().Type($"nick {name}");
        client.ReadTexts();
        return client;
    }
}
