using System.Text;
using AotChat.Configuration;
using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Connections;

/// <summary>What becomes of a connection between its beginning and its welcome.</summary>
public sealed class PendingConnectionSpecs
{
    private const string Request = "GET /index.html HTTP/1.1\r\nHost: chat\r\n\r\n";

    private readonly SimulatedChat _chat = new();

    [Fact]
    public void A_silent_client_is_welcomed_after_a_moment()
    {
        SimulatedTransport client = Arrive();
        Assert.Empty(client.Read());

        _chat.Advance(ChatOptions.WelcomeDelay);

        Assert.Contains("] Welcome! Your username is u1000\n", Text(client), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_speaks_first_is_welcomed_at_once_and_its_line_is_run()
    {
        SimulatedTransport client = Arrive("w\n");

        string[] lines = Text(client).Split('\n');
        Assert.EndsWith("Welcome! Your username is u1000", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("No other user is connected.", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_web_client_reads_a_page_and_nothing_before_it()
    {
        SimulatedClient bystander = _chat.Connect();
        SimulatedTransport browser = Arrive(Request);

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", Text(browser), StringComparison.Ordinal);
        Assert.True(browser.Closed);
        Assert.Equal(["No other user is connected."], bystander.Type("w").ReadTexts());
        Assert.Equal(1, _chat.Server.Counters.RefusedProtocol);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2p1\r\n")]
    [InlineData("SSH-1.99-x\n")]
    public void An_ssh_client_is_told_that_this_is_a_chat_and_closed(string version)
    {
        SimulatedTransport client = Arrive(version);

        Assert.Equal("This is a chat server, not an SSH server. Join with nc or telnet, then type help.\r\n", Text(client));
        Assert.True(client.Closed);
        Assert.Equal(0, _chat.Gate.Admission.Count);
    }

    [Fact]
    public void An_ssh_client_that_is_late_is_told_behind_the_welcome()
    {
        SimulatedClient client = _chat.Connect();

        client.Send("SSH-2.0-OpenSSH_9.2p1\r\n");

        Assert.Equal("This is a chat server, not an SSH server. Join with nc or telnet, then type help.\r\n", Text(client.Transport));
        Assert.True(client.Transport.Closed);
    }

    [Fact]
    public void A_request_is_known_wherever_the_network_splits_its_first_line()
    {
        int line = Request.IndexOf('\r', StringComparison.Ordinal);
        for (int split = 1; split <= line; split++)
        {
            SimulatedTransport browser = Arrive(Request[..split]);
            Assert.Empty(browser.Read());
            browser.Deliver(Encoding.ASCII.GetBytes(Request[split..]));
            _chat.Advance(ChatOptions.WelcomeDelay);

            Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", Text(browser), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_request_too_long_for_a_line_is_one_all_the_same()
    {
        SimulatedTransport browser = Arrive("GET /" + new string('a', 10_000));

        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", Text(browser), StringComparison.Ordinal);
    }

    [Fact]
    public void Input_that_only_begins_like_a_request_becomes_the_users_first_line()
    {
        SimulatedTransport client = Arrive("GE");
        _chat.Advance(ChatOptions.WelcomeDelay);
        client.Deliver("T lost\n"u8.ToArray());
        _chat.Settle();

        Assert.Contains("Unknown command: GET\n", Text(client), StringComparison.Ordinal);
    }

    [Fact]
    public void First_bytes_that_do_not_tell_enough_do_not_wake_the_loop()
    {
        SimulatedTransport browser = Arrive("GE");

        Assert.True(browser.IsUnwatched);
        Assert.Equal(2, browser.Waiting);
    }

    [Theory]
    [InlineData("SSH-2.0 is old\r\0")]
    [InlineData("GET / HTTP/1.1\r\0")]
    public void Text_pasted_into_the_editor_is_not_taken_for_another_protocol(string text)
    {
        SimulatedClient client = _chat.Connect().Send([255, 253, 1, 255, 253, 3]);
        client.Send(text);

        Assert.False(client.Transport.Closed);
        Assert.Equal(0, _chat.Server.Counters.RefusedProtocol);
    }

    [Fact]
    public void A_connection_that_cannot_be_looked_at_does_not_keep_those_behind_it_from_their_welcome()
    {
        SimulatedTransport broken = new(_chat.Poller) { FailsToPeek = true };
        SimulatedTransport next = new(_chat.Poller);
        Accept(broken);
        Accept(next);

        _chat.Advance(ChatOptions.WelcomeDelay);

        Assert.True(broken.Closed);
        Assert.Contains("Welcome!", Text(next), StringComparison.Ordinal);
        Assert.Equal(1, _chat.Gate.Admission.Count);
    }

    [Fact]
    public void A_tls_client_is_closed_without_a_word()
    {
        SimulatedTransport client = new(_chat.Poller);
        client.Deliver([0x16, 0x03, 0x01, 0x02, 0x00]);
        Accept(client);

        Assert.True(client.Closed);
        Assert.Empty(client.Read());
    }

    [Fact]
    public void A_client_that_ends_its_input_at_once_is_welcomed_before_it_goes()
    {
        SimulatedTransport client = new(_chat.Poller) { EndOfInput = true };
        Accept(client);

        Assert.Contains("] Welcome! Your username is u1000\n", Text(client), StringComparison.Ordinal);
        Assert.True(client.Closed);
        AssertNothingLeft();
    }

    [Fact]
    public void A_connection_that_is_reset_before_its_welcome_leaves_nothing()
    {
        SimulatedTransport client = Arrive();
        client.Broken = true;
        _chat.Settle();

        Assert.True(client.Closed);
        AssertNothingLeft();
    }

    [Fact]
    public void Newcomers_count_as_connections()
    {
        SimulatedChat chat = new(new ChatOptions { MaxConnections = 1 });
        chat.InLoop(() => chat.Gate.Accept(new SimulatedTransport(chat.Poller), PeerAddress.Local));
        SimulatedTransport second = new(chat.Poller);
        chat.InLoop(() => chat.Gate.Accept(second, PeerAddress.Local));

        Assert.EndsWith("Server is full.\n", Text(second), StringComparison.Ordinal);
        Assert.Equal(1, chat.Server.Counters.Connections);
    }

    [Fact]
    public void A_stop_closes_newcomers_too()
    {
        SimulatedTransport client = Arrive();
        bool stopped = false;
        _chat.Stop(_chat.Server.LeaveLimit, () => stopped = true);

        Assert.True(client.Closed);
        Assert.True(stopped);
    }

    private void AssertNothingLeft()
    {
        _chat.Advance(ChatOptions.WelcomeDelay);
        Assert.Equal((0, 0, 0), (_chat.Gate.Admission.Count, _chat.Loop.HandlerCount, _chat.Loop.TimerCount));
    }

    private SimulatedTransport Arrive(string first = "")
    {
        SimulatedTransport client = new(_chat.Poller);
        if (first.Length > 0)
        {
            client.Deliver(Encoding.ASCII.GetBytes(first));
        }

        Accept(client);
        return client;
    }

    private void Accept(SimulatedTransport client)
    {
        _chat.InLoop(() => _chat.Gate.Accept(client, PeerAddress.Local));
        _chat.Settle();
    }

    private static string Text(SimulatedTransport client) => Encoding.UTF8.GetString(client.Read());
}
