using System.Text;
using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>How fast one may speak, how long be silent, and in which language.</summary>
public sealed class InputLimitSpecs
{
    private readonly SimulatedChat _chat = new(new ChatOptions { FloodBurst = 5, FloodRate = 10, IdleTimeoutSeconds = 60 });

    [Fact]
    public void Lines_that_come_too_fast_are_slowed_down_and_none_is_lost()
    {
        SimulatedClient client = _chat.Connect().Type([.. Enumerable.Range(0, 20).Select(i => $"x{i}")]);
        List<string> answers = [.. client.ReadTexts().Where(line => line != SimulatedClient.HelpHint)];
        Assert.Equal(5, answers.Count);
        for (int i = 6; i <= 20; i++)
        {
            _chat.Advance(TimeSpan.FromMilliseconds(100));
            answers.AddRange(client.ReadTexts());
            Assert.Equal(i, answers.Count);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"Unknown command: x{i}"), answers);
        Assert.True(_chat.Server.Counters.FloodPauses > 0);
    }

    [Fact]
    public void A_flooder_is_not_read_from_so_that_its_network_slows_it_down()
    {
        SimulatedClient flooder = _chat.Connect();
        for (int i = 0; i < 1_000; i++)
        {
            flooder.Transport.Deliver(Encoding.ASCII.GetBytes(new string('x', 99) + "\n"));
        }

        _chat.Settle();

        Assert.InRange(flooder.Transport.Waiting, 98_000, 100_000);
        Assert.Equal(["Unknown command: bar", SimulatedClient.HelpHint], _chat.Connect().Type("bar").ReadTexts());
    }

    [Fact]
    public void A_line_without_end_is_slowed_down_too()
    {
        SimulatedClient flooder = _chat.Connect();
        for (int i = 0; i < 100; i++)
        {
            flooder.Transport.Deliver(Encoding.ASCII.GetBytes(new string('x', 4_000)));
        }

        _chat.Settle();

        Assert.InRange(flooder.Transport.Waiting, 360_000, 400_000);
        Assert.Equal(["Line too long (limit 4096 bytes)."], flooder.ReadTexts());
    }

    [Fact]
    public void Telnet_commands_without_end_are_slowed_down_too()
    {
        SimulatedClient flooder = _chat.Connect();
        for (int i = 0; i < 100; i++)
        {
            flooder.Transport.Deliver([255, 241]);
        }

        _chat.Settle();

        Assert.Equal(190, flooder.Transport.Waiting);
    }

    [Fact]
    public void A_user_who_hangs_up_while_slowed_down_is_still_heard()
    {
        SimulatedClient client = _chat.Connect().Type([.. Enumerable.Range(0, 8).Select(i => $"x{i}")]).HangUp();
        for (int i = 0; i < 10; i++)
        {
            _chat.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(8, client.ReadTexts().Count(line => line != SimulatedClient.HelpHint));
        Assert.True(client.Transport.Closed);
    }

    [Fact]
    public void A_user_who_is_silent_for_too_long_is_told_and_disconnected()
    {
        SimulatedClient client = _chat.Connect();
        _chat.Advance(TimeSpan.FromSeconds(59));
        Assert.False(client.Transport.Closed);

        _chat.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["You were idle for 60 seconds. The connection is closed."], client.ReadTexts());
        Assert.True(client.Transport.Closed);
        Assert.Equal(1, _chat.Server.Counters.IdleDisconnects);
    }

    [Fact]
    public void The_time_of_silence_begins_with_the_last_line()
    {
        SimulatedClient client = _chat.Connect();
        _chat.Advance(TimeSpan.FromSeconds(40));
        client.Send("\n");
        _chat.Advance(TimeSpan.FromSeconds(59));
        Assert.False(client.Transport.Closed);

        _chat.Advance(TimeSpan.FromSeconds(1));

        Assert.True(client.Transport.Closed);
    }

    [Fact]
    public void A_user_whose_lines_wait_for_their_turn_is_not_idle()
    {
        SimulatedClient client = _chat.Connect();
        client.Transport.Deliver(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 2_000).Select(i => $"x{i}\n"))));
        for (int line = 0; line < 2_000; line++)
        {
            _chat.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(2_000, client.ReadTexts().Count(line => line.StartsWith("Unknown command: ", StringComparison.Ordinal)));
        Assert.False(client.Transport.Closed);
        _chat.Advance(TimeSpan.FromSeconds(60));
        Assert.True(client.Transport.Closed);
    }

    [Fact]
    public void A_user_whose_lines_wait_is_not_idle_though_the_wait_is_as_long_as_the_limit()
    {
        SimulatedChat chat = new(new ChatOptions { FloodBurst = 1, FloodRate = 1, IdleTimeoutSeconds = 1 });
        SimulatedClient client = chat.Connect();
        chat.Advance(TimeSpan.FromMilliseconds(500));
        client.Type("w", "w", "w");
        for (int line = 1; line <= 3; line++)
        {
            Assert.Equal(["No other user is connected."], client.ReadTexts());
            chat.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["You were idle for 1 second. The connection is closed."], client.ReadTexts());
    }

    [Fact]
    public void Bytes_that_never_become_a_line_are_no_sign_of_life()
    {
        SimulatedClient client = _chat.Connect();
        for (int second = 0; second < 60; second++)
        {
            client.Send("x");
            _chat.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(client.Transport.Closed);
    }

    [Fact]
    public void A_key_pressed_in_the_editor_is_a_sign_of_life()
    {
        SimulatedClient client = _chat.Connect().Send([255, 253, 1, 255, 253, 3]);
        for (int second = 0; second < 100; second++)
        {
            client.Send("x");
            _chat.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False(client.Transport.Closed);
    }

    [Fact]
    public void Telnet_commands_alone_are_no_sign_of_life_in_the_editor_either()
    {
        SimulatedClient client = _chat.Connect().Send([255, 253, 1, 255, 253, 3]);
        for (int second = 0; second < 60; second++)
        {
            client.Send([255, 241]);
            _chat.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(client.Transport.Closed);
    }

    [Fact]
    public void Any_line_is_a_sign_of_life()
    {
        SimulatedClient client = _chat.Connect();
        for (int i = 0; i < 10; i++)
        {
            _chat.Advance(TimeSpan.FromSeconds(59));
            client.Send("\n");
        }

        Assert.False(client.Transport.Closed);
        client.Type("quit");
        Assert.Equal(0, _chat.Loop.TimerCount);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: chat\r\n\r\n")]
    [InlineData("POST /path?query HTTP/1.0\r\n\r\nbroadcast from a web page\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    public void A_web_client_is_told_that_this_is_a_chat(string request)
    {
        SimulatedClient other = _chat.Connect();
        SimulatedClient browser = _chat.Connect();
        browser.Send(request);

        string page = Encoding.ASCII.GetString(browser.Transport.Read());
        string[] parts = page.Split("\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", page, StringComparison.Ordinal);
        Assert.Contains($"Content-Length: {parts[1].Length}\r\n", page, StringComparison.Ordinal);
        Assert.True(browser.Transport.Closed);
        Assert.Empty(other.ReadTexts());
        Assert.Contains(_chat.Log.Entries, entry => entry.Message == "Connection 2 from unix: closed, it speaks HTTP and this is a chat port");
    }

    [Fact]
    public void A_web_request_that_is_too_long_for_a_line_is_known_by_its_beginning()
    {
        SimulatedClient browser = _chat.Connect();
        browser.Send($"POST /{new string('x', 10_000)} HTTP/1.1\r\n\r\nbroadcast hello\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", Encoding.ASCII.GetString(browser.Transport.Read()), StringComparison.Ordinal);
        Assert.True(browser.Transport.Closed);
    }

    [Fact]
    public void Only_the_first_line_can_be_a_web_request()
    {
        SimulatedClient client = _chat.Connect().Type("bar", "GET / HTTP/1.1");

        Assert.Equal(["Unknown command: bar", SimulatedClient.HelpHint, "Unknown command: GET"], client.ReadTexts());
    }

    [Fact]
    public void An_encrypted_hello_is_closed_with_a_log_line()
    {
        SimulatedClient client = _chat.Connect();
        client.Send([0x16]).Send([0x03, 0x01, 0x02, 0x00]);

        Assert.Empty(client.Transport.Read());
        Assert.True(client.Transport.Closed);
        Assert.Contains(_chat.Log.Entries, entry => entry.Message == "Connection 1 from unix: closed, it speaks TLS and this is a chat port");
    }

    [Fact]
    public void Clients_cannot_fill_the_log()
    {
        for (int i = 0; i < 100; i++)
        {
            _chat.Connect().Send("GET / HTTP/1.1\r\n\r\n");
        }

        Assert.Equal(20, _chat.Log.Entries.Count);
        _chat.Advance(TimeSpan.FromSeconds(1));
        _chat.Connect().Send("GET / HTTP/1.1\r\n\r\n");
        Assert.Equal(0, _chat.Loop.TimerCount);
        Assert.Equal("80 more messages about refused or closed connections were left out", _chat.Log.Entries[20].Message);
        Assert.Equal(101, _chat.Server.Counters.RefusedProtocol);
    }

    [Fact]
    public void The_count_of_suppressed_log_lines_is_told_though_nothing_follows()
    {
        for (int i = 0; i < 25; i++)
        {
            _chat.Connect().Send("GET / HTTP/1.1\r\n\r\n");
        }

        _chat.Advance(ChatOptions.SuppressedAfter);

        Assert.Equal("5 more messages about refused or closed connections were left out", _chat.Log.Entries[^1].Message);
        Assert.Equal(0, _chat.Loop.TimerCount);
    }
}
