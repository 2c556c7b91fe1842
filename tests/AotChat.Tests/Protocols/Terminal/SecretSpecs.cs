using AotChat.Tests.Simulation;

namespace AotChat.Tests.Protocols.Terminal;

/// <summary>A password that is asked for goes to who asked, and nowhere else.</summary>
public sealed class SecretSpecs
{
    private const byte Iac = 255, Do = 253, Dont = 254, Wont = 252, Will = 251, Nop = 241, Echo = 1;

    private readonly AccountChat _house = new();
    private readonly SimulatedClient _bob;

    public SecretSpecs()
    {
        _house.Register("alice").Type("quit");
        _bob = _house.Guest("bob");
        _bob.Type("join lobby").ReadTexts();
    }

    [Fact]
    public void A_password_that_is_asked_for_in_a_room_is_not_said()
    {
        SimulatedClient guest = _house.Chat.Connect();
        guest.Type("join lobby").ReadTexts();
        _bob.ReadTexts();

        Assert.Equal(["Password:"], guest.Type("/login alice").ReadTexts());
        Assert.Equal(["You are logged in as alice."], _house.Type(guest, AccountChat.Password));
        Assert.Equal(["User u1002 is now known as alice"], _bob.ReadTexts());
        Assert.Equal(["History of #lobby is empty."], guest.Type("/history").ReadTexts());
    }

    [Fact]
    public void A_password_in_the_same_packet_is_no_line_either()
    {
        SimulatedClient guest = _house.Chat.Connect();
        guest.Send($"join lobby\n/login alice\n{AccountChat.Password}\nhello\n");
        _house.RunJobs();

        Assert.Equal(["#lobby + u1002 joined", "#lobby u1002 hello", "User u1002 is now known as alice"], _bob.ReadTexts());
    }

    [Theory]
    [InlineData("/quit now, please")]
    [InlineData("//hello there")]
    [InlineData("msg bob secret")]
    public void Whatever_it_looks_like_it_is_the_password(string password)
    {
        SimulatedClient carol = _house.Guest("carol");
        carol.Type("join lobby", "/register").ReadTexts();
        _bob.ReadTexts();

        Assert.Single(_house.Type(carol, password));
        Assert.Empty(_bob.ReadTexts());
        _house.Type(carol, "/logout");
        Assert.Contains("You are logged in as carol.", _house.Type(carol, "login carol " + password));
    }

    [Fact]
    public void An_empty_line_ends_the_question()
    {
        SimulatedClient guest = _house.Chat.Connect();
        guest.Type("login alice").ReadTexts();

        Assert.Equal(["No password was given. Nothing has changed."], guest.Type("").ReadTexts());
        Assert.Equal(["Online users: bob"], guest.Type("w").ReadTexts());
        Assert.Equal(0, _house.Chat.Jobs.Count);
    }

    [Fact]
    public void A_line_that_is_too_long_ends_the_question()
    {
        SimulatedClient guest = _house.Chat.Connect();
        guest.Type("login alice").ReadTexts();

        Assert.Equal(
            ["Line too long (limit 4096 bytes).", "No password was given. Nothing has changed."], guest.Type(new string('x', 5_000)).ReadTexts());
    }

    [Fact]
    public void Leaving_while_asked_ends_it()
    {
        SimulatedClient guest = _house.Chat.Connect();
        guest.Type("login alice").HangUp();

        Assert.True(guest.Transport.Closed);
        Assert.Equal(0, _house.Chat.Jobs.Count);
        Assert.Empty(_house.Chat.Log.Entries.Skip(1));

        SimulatedClient other = _house.Chat.Connect();
        other.Type("login alice").Transport.Broken = true;
        _house.Chat.Settle();
        Assert.True(other.Transport.Closed);
    }

    [Fact]
    public void A_password_without_an_end_of_line_at_the_end_of_input_counts()
    {
        SimulatedClient guest = _house.Chat.Connect();
        guest.Send("login alice\nwrong-password").HangUp();
        _house.RunJobs();

        Assert.Contains("Password:", guest.ReadTexts());
        Assert.True(guest.Transport.Closed);
        Assert.False(_house.State.Users.TryFind("wrong-password"u8, out _));
    }

    [Fact]
    public void All_three_passwords_can_be_asked_for()
    {
        SimulatedClient alice = _house.LogIn("alice");

        Assert.Equal(["Old password:", "New password:"], _house.Type(alice, "password", AccountChat.Password));
        Assert.Equal(["Password changed."], _house.Type(alice, "another one"));
        Assert.Equal(["Password:", "Name no longer registered: alice. Others can take it once you leave it."], _house.Type(alice, "unregister", "another one"));
    }

    [Fact]
    public void A_telnet_client_does_not_show_it_and_shows_again_what_comes_behind()
    {
        SimulatedClient guest = _house.Chat.Connect();
        guest.Send([Iac, Nop]);
        guest.Transport.Read();
        guest.Type("login alice");
        Assert.Contains(Hex([Iac, Will, Echo]), Hex(guest.Transport.Read()), StringComparison.Ordinal);
        guest.Send([Iac, Do, Echo]);
        guest.Type(AccountChat.Password);
        Assert.Contains(Hex([Iac, Wont, Echo]), Hex(guest.Transport.Read()), StringComparison.Ordinal);
        guest.Send([Iac, Dont, Echo]);
        _house.RunJobs();
        Assert.Contains("You are logged in as alice.", guest.ReadTexts()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_that_never_spoke_telnet_is_sent_no_byte_of_it()
    {
        SimulatedClient guest = _house.Chat.Connect();
        guest.Type("login alice", AccountChat.Password);

        Assert.DoesNotContain(Iac, guest.Transport.Read());
    }

    [Fact]
    public void The_line_editor_neither_shows_it_nor_brings_it_back()
    {
        TelnetUser guest = new TelnetUser(_house.Chat).SwitchToCharacters().Press("login alice\r");
        guest.Press("wrong-pass");
        Assert.Equal(["login alice", "Password:", "|"], guest.Sees[^3..]);
        _bob.Type("/msg u1002 psst");
        guest.Look();
        Assert.DoesNotContain(guest.Sees, line => line.Contains("wrong", StringComparison.Ordinal));
        guest.Press("word\r");
        _house.RunJobs();
        guest.Look();
        Assert.DoesNotContain(guest.Sees, line => line.Contains("wrong-", StringComparison.Ordinal));
        Assert.Equal("Wrong name or password.", guest.Sees[^2]);

        guest.Press("\u001b[A");
        Assert.Equal("login alice|", guest.Sees[^1]);
        guest.Press("\u0015shown again");
        Assert.Equal("shown again|", guest.Sees[^1]);
    }

    [Fact]
    public void The_line_editor_does_not_bring_back_a_line_with_a_password()
    {
        TelnetUser guest = new TelnetUser(_house.Chat).SwitchToCharacters().Press("w\r/login alice wrong-password\rregister wrong-password\r");
        _house.RunJobs();
        guest.Look().Press("\u001b[A");

        Assert.Equal("w|", guest.Sees[^1]);
    }

    [Theory]
    [InlineData("login alice secret", true)]
    [InlineData("  /LOGIN  alice  secret", true)]
    [InlineData("login alice", false)]
    [InlineData("register secret", true)]
    [InlineData("/password old-secret", true)]
    [InlineData("unregister secret", true)]
    [InlineData("register", false)]
    [InlineData("msg alice login", false)]
    [InlineData("", false)]
    [InlineData("/", false)]
    public void A_line_that_holds_a_password_is_known(string line, bool holds) =>
        Assert.Equal(holds, AotChat.Commands.PasswordLine.HoldsPassword(System.Text.Encoding.ASCII.GetBytes(line)));

    [Fact]
    public void A_client_that_changes_its_mode_while_asked_shows_nothing_either()
    {
        TelnetUser guest = new(_house.Chat);
        guest.Client.Type("login alice");
        guest.Look().SwitchToCharacters().Press("wrong-password");
        Assert.DoesNotContain(guest.Sees, line => line.Contains("wrong-", StringComparison.Ordinal));
        guest.Press("\r");
        _house.RunJobs();
        guest.Look();
        Assert.DoesNotContain(guest.Sees, line => line.Contains("wrong-", StringComparison.Ordinal));
        guest.Press("shown");
        Assert.Equal("shown|", guest.Sees[^1]);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);
}
