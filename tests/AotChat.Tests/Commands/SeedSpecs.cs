using AotChat.Tests.Simulation;
using AotChat.Workers;

namespace AotChat.Tests.Commands;

/// <summary>The commands, each answer to the letter.</summary>
public sealed class SeedSpecs
{
    private readonly SimulatedChat _chat = new();

    [Fact]
    public void A_user_who_connects_is_welcomed_with_a_name()
    {
        Assert.Equal(
            ["[20240229 23:59:58.123456] Welcome! Your username is u1000", "[20240229 23:59:58.123456] " + SimulatedClient.WayIn],
            _chat.Connect(readWelcome: false).ReadLines());
        Assert.Equal(["Welcome! Your username is u1001", SimulatedClient.WayIn], _chat.Connect(readWelcome: false).ReadTexts());
    }

    [Fact]
    public void W_lists_everybody_else()
    {
        SimulatedClient first = _chat.Connect();
        Assert.Equal(["No other user is connected."], first.Type("w").ReadTexts());
        SimulatedClient second = _chat.Connect();
        _chat.Connect();

        Assert.Equal(["Online users: u1001, u1002"], first.Type("w").ReadTexts());
        Assert.Equal(["Online users: u1000, u1002"], second.Type("W").ReadTexts());
    }

    [Fact]
    public void Msg_goes_to_one()
    {
        SimulatedClient[] clients = [_chat.Connect(), _chat.Connect(), _chat.Connect()];

        Assert.Equal(["Message is delivered to u1001"], clients[0].Type("msg u1001 hello there").ReadTexts());
        Assert.Equal(["u1000 hello there"], clients[1].ReadTexts());
        Assert.Empty(clients[2].ReadTexts());
    }

    [Theory]
    [InlineData("msg nobody hi", "User not found: nobody")]
    [InlineData("msg \u001b[2Jx hi", "User not found: x")]
    [InlineData("msg u1000", "Invalid msg parameters: TEXT is missing. Usage: msg USER TEXT")]
    [InlineData("msg", "Invalid msg parameters: USER is missing. Usage: msg USER TEXT")]
    [InlineData("msg u1000   ", "Invalid msg parameters: TEXT is missing. Usage: msg USER TEXT")]
    [InlineData("msg u1000 \t ", "Invalid msg parameters: TEXT is missing. Usage: msg USER TEXT")]
    [InlineData("broadcast  \t", "Invalid broadcast parameters: TEXT is missing. Usage: broadcast TEXT")]
    [InlineData("broadcast", "Invalid broadcast parameters: TEXT is missing. Usage: broadcast TEXT")]
    [InlineData("fib nobody 5", "User not found: nobody")]
    [InlineData("fib u1000", "Invalid fib parameters.")]
    [InlineData("fib u1000 5 6", "Invalid fib parameters.")]
    [InlineData("fib u1000 x", "Invalid fib parameters.")]
    [InlineData("fib u1000 0", "Cannot compute fib: N must be from 1 to 1000000")]
    [InlineData("fib u1000 1000001", "Cannot compute fib: N must be from 1 to 1000000")]
    [InlineData("fib u1000 5 gently", "Invalid fib parameters.")]
    [InlineData("fib u1000 5 slow x", "Invalid fib parameters.")]
    [InlineData("fib u1000 46 slow", "Cannot compute fib: N must be from 1 to 45")]
    [InlineData("fib u1000 0 SLOW", "Cannot compute fib: N must be from 1 to 1000000")]
    [InlineData("url nobody http://host/", "User not found: nobody")]
    [InlineData("url u1000", "Invalid url parameters.")]
    [InlineData("url u1000 http://host/ x", "Invalid url parameters.")]
    [InlineData("url u1000 nonsense", "Cannot get the url size: the address must begin with http:// or https://")]
    [InlineData("url u1000 example.org", "Cannot get the url size: the address must begin with http:// or https://")]
    [InlineData("url u1000 //example.org/", "Cannot get the url size: the address must begin with http:// or https://")]
    [InlineData("url u1000 http:example.org", "Cannot get the url size: the address must begin with http:// or https://")]
    [InlineData("url u1000 ftp://example.org/", "Cannot get the url size: the address must begin with http:// or https://")]
    [InlineData("url u1000 localhost:80", "Cannot get the url size: the address must begin with http:// or https://")]
    [InlineData("url u1000 HTTP://", "Cannot get the url size: the address is not valid")]
    [InlineData("url nobody example.org", "User not found: nobody")]
    public void A_command_that_fails_answers_in_one_line(string line, string answer) =>
        Assert.Equal([answer], _chat.Connect().Type(line).ReadTexts());

    [Theory]
    [InlineData("bar baz", "Unknown command: bar")]
    [InlineData("b\u001b[31mar", "Unknown command: bar")]
    [InlineData("brodcast hello", "Unknown command: brodcast. Did you mean broadcast?")]
    [InlineData("BRAODCAST hello", "Unknown command: BRAODCAST. Did you mean broadcast?")]
    [InlineData("mgs u1000 hello", "Unknown command: mgs. Did you mean msg?")]
    [InlineData("qiut", "Unknown command: qiut. Did you mean quit?")]
    [InlineData("mess u1000 hello", "Unknown command: mess")]
    [InlineData("ww", "Unknown command: ww")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "Unknown command: abcdefghijklmnopqrstuvwxyz")]
    [InlineData("bröadcast", "Unknown command: bröadcast")]
    [InlineData("help nonsense", "Unknown command: nonsense")]
    [InlineData("help stat", "Unknown command: stat. Did you mean stats?")]
    public void An_unknown_command_is_reported_with_a_hint_to_help_once(string line, string answer)
    {
        SimulatedClient client = _chat.Connect();

        Assert.Equal([answer, SimulatedClient.HelpHint], client.Type(line).ReadTexts());
        Assert.Equal([answer], client.Type(line).ReadTexts());
    }

    [Fact]
    public void Broadcast_goes_to_everyone_else()
    {
        SimulatedClient[] clients = [_chat.Connect(), _chat.Connect(), _chat.Connect()];

        Assert.Empty(clients[0].Type("broadcast hello all").ReadTexts());
        Assert.All(clients[1..], client => Assert.Equal(["u1000 hello all"], client.ReadTexts()));
    }

    [Fact]
    public void Fib_delivers_the_number_and_tells_the_sender()
    {
        SimulatedClient sender = _chat.Connect();
        SimulatedClient recipient = _chat.Connect();
        sender.Type("fib u1001 5");
        Assert.Empty(sender.ReadTexts());
        EndJob();

        Assert.Equal(["fib(5) = 5"], recipient.ReadTexts());
        Assert.Equal(["Fib result is delivered to u1001"], sender.ReadTexts());
    }

    [Fact]
    public void Fib_delivers_the_same_number_the_slow_way()
    {
        SimulatedClient sender = _chat.Connect().Type("fib u1000 20 Slow");
        EndJob();

        Assert.Equal(["fib(20) = 6765", "Fib result is delivered to u1000"], sender.ReadTexts());
    }

    [Fact]
    public void The_chat_goes_on_while_a_job_runs()
    {
        SimulatedClient sender = _chat.Connect().Type("fib u1000 6", "bar");
        Assert.Equal(["Unknown command: bar", SimulatedClient.HelpHint], sender.ReadTexts());
        EndJob();

        Assert.Equal(["fib(6) = 8", "Fib result is delivered to u1000"], sender.ReadTexts());
    }

    [Theory]
    [InlineData("fib u1001 5", "Cannot deliver fib result to u1001")]
    public void A_recipient_who_left_meanwhile_is_reported(string line, string answer)
    {
        SimulatedClient sender = _chat.Connect();
        SimulatedClient recipient = _chat.Connect();
        sender.Type(line);
        recipient.Type("quit");

        // The job is of no use any more.
        Assert.Equal(0, _chat.Jobs.Count);
        Assert.Equal([answer], sender.ReadTexts());
    }

    [Theory]
    [InlineData("fib u1000 5", "Cannot compute fib: out of paper")]
    [InlineData("url u1000 http://host/", "Cannot get the url size: out of paper")]
    public void A_job_that_fails_says_why(string line, string answer)
    {
        SimulatedClient sender = _chat.Connect().Type(line);
        _chat.InLoop(() => _chat.Jobs.FailNext(new JobFailedException("out of paper")));
        _chat.Settle();

        Assert.Equal([answer], sender.ReadTexts());
    }

    [Fact]
    public void A_user_can_not_forge_a_line_of_another()
    {
        SimulatedClient sender = _chat.Connect();
        SimulatedClient recipient = _chat.Connect();
        sender.Send("msg u1001 hi\rWelcome!\u2028[20240101 00:00:00.000000] Server is shutting down.\n");

        Assert.Single(recipient.ReadLines());
    }

    private void EndJob()
    {
        _chat.InLoop(_chat.Jobs.RunNext);
        _chat.Settle();
    }
}
