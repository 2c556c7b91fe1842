namespace AotChat.EndToEnd.Tests;

/// <summary>The behaviour that everything started from, row by row, against the published binary.</summary>
public sealed class SeedSpecs : IAsyncLifetime
{
    private Server _server = null!;
    private Client _alice = null!;
    private Client _bob = null!;

    public async Task InitializeAsync()
    {
        _server = await Server.StartAsync("--workers", "2", "--url-allow", "127.0.0.0/8");
        _alice = await _server.ConnectAsync();
        _bob = await _server.ConnectAsync();
    }

    public async Task DisposeAsync()
    {
        _alice.Dispose();
        _bob.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Users_who_connect_get_names_in_order()
    {
        using Client third = await _server.ConnectAsync();

        Assert.Equal(["u1000", "u1001", "u1002"], [_alice.Name, _bob.Name, third.Name]);
    }

    [Fact]
    public async Task A_newcomer_reads_below_the_welcome_how_to_go_on()
    {
        using Client third = await _server.ConnectAsync();

        Assert.Equal(Client.WayIn, await third.ReadAnyAsync());
    }

    [Fact]
    public async Task W_lists_the_others()
    {
        Assert.Equal("Online users: u1001", await _alice.AskAsync("w"));
        _bob.EndInput();
        Assert.Null(await _bob.ReadAsync());

        Assert.Equal("No other user is connected.", await _alice.AskAsync("W"));
    }

    [Fact]
    public async Task Msg_is_delivered()
    {
        Assert.Equal("Message is delivered to u1001", await _alice.AskAsync("msg u1001 hello there"));
        Assert.Equal("u1000 hello there", await _bob.ReadAsync());
    }

    [Fact]
    public async Task Broadcast_goes_to_the_others_and_answers_nothing()
    {
        await _alice.TypeAsync("broadcast hello all");

        Assert.Equal("u1000 hello all", await _bob.ReadAsync());
        Assert.Equal("Unknown command: bar", await _alice.AskAsync("bar baz"));
    }

    [Fact]
    public async Task Fib_is_delivered()
    {
        Assert.Equal("Fib result is delivered to u1001", await _alice.AskAsync("fib u1001 5"));
        Assert.Equal("fib(5) = 5", await _bob.ReadAsync());
    }

    [Fact]
    public async Task Fib_is_exact_up_to_a_million()
    {
        await _alice.TypeAsync("fib u1001 1000000");

        Assert.Equal("fib(1000000) = 19532821287077577316…68996526838242546875 (208988 digits)", await _bob.ReadAsync());
    }

    [Fact]
    public async Task Url_is_delivered()
    {
        using TestWebServer web = new("HTTP/1.1 200 OK\nContent-Length: 1234\n\n" + new string('x', 1234));

        Assert.Equal("URL size is delivered to u1001", await _alice.AskAsync($"url u1001 {web.Url}"));
        Assert.Equal($"resource_size({web.Url}) = 1234", await _bob.ReadAsync());
    }

    [Theory]
    [InlineData("msg nobody hi", "User not found: nobody")]
    [InlineData("fib nobody 5", "User not found: nobody")]
    [InlineData("fib u1001", "Invalid fib parameters.")]
    [InlineData("fib u1001 5 5", "Invalid fib parameters.")]
    [InlineData("fib u1001 x", "Invalid fib parameters.")]
    [InlineData("fib u1001 0", "Cannot compute fib: N must be from 1 to 1000000")]
    [InlineData("url u1001", "Invalid url parameters.")]
    [InlineData("url u1001 http://host/path more", "Invalid url parameters.")]
    [InlineData("url u1001 file:///etc/passwd", "Cannot get the url size: the address must begin with http:// or https://")]
    [InlineData("url u1001 http://name.invalid/", "Cannot get the url size: unreachable")]
    [InlineData("bar baz", "Unknown command: bar")]
    [InlineData("help w", "w [ROOM]")]
    public async Task Each_call_gets_its_answer(string line, string answer) => Assert.Equal(answer, await _alice.AskAsync(line));

    [Theory]
    [InlineData("fib u1001 5", "fib result")]
    [InlineData("url u1001 URL", "url size")]
    public async Task A_recipient_who_left_meanwhile_is_reported(string line, string what)
    {
        // A fetch that never ends keeps the job in line, or in its worker, until the recipient is gone.
        using TestWebServer silent = new("…");
        await _alice.TypeAsync($"url u1000 {silent.Url}");
        await Wait.UntilAsync(() => silent.Requests.Count == 1, "alice's one job that may run does");
        await _alice.TypeAsync(line.Replace("URL", silent.Url.ToString(), StringComparison.Ordinal));
        Assert.Equal("Unknown command: bar", await _alice.AskAsync("bar"));
        Assert.Equal("Type \"help\" for all commands.", await _alice.ReadAsync());
        _bob.EndInput();

        Assert.Equal($"Cannot deliver {what} to u1001", await _alice.ReadAsync());
    }

    [Fact]
    public async Task Commands_in_one_packet_or_many_are_the_same()
    {
        await _alice.SendAsync("bar\r\nbaz\nms"u8.ToArray());
        Assert.Equal("Unknown command: bar", await _alice.ReadAsync());
        Assert.Equal("Type \"help\" for all commands.", await _alice.ReadAsync());
        Assert.Equal("Unknown command: baz", await _alice.ReadAsync());
        await _alice.SendAsync("g u1001 in pieces\n"u8.ToArray());
        Assert.Equal("u1000 in pieces", await _bob.ReadAsync());
    }

    [Fact]
    public async Task A_last_line_without_a_line_feed_is_run()
    {
        await _alice.SendAsync("msg u1001 bye"u8.ToArray());
        _alice.EndInput();

        Assert.Equal("u1000 bye", await _bob.ReadAsync());
        Assert.Equal("Message is delivered to u1001", await _alice.ReadAsync());
        Assert.Null(await _alice.ReadAsync());
    }

    [Fact]
    public async Task Quit_closes_the_connection()
    {
        await _alice.TypeAsync("quit");

        Assert.Null(await _alice.ReadAsync());
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_skipped()
    {
        await _alice.TypeAsync(new string('x', 100_000));

        Assert.Equal("Line too long (limit 4096 bytes).", await _alice.ReadAsync());
        Assert.Equal("Unknown command: bar", await _alice.AskAsync("bar"));
    }
}
