using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Commands;

/// <summary>What counts against an address for a guest counts against the account for a registered user.</summary>
public sealed class AccountShareSpecs
{
    private readonly OperatorChat _world = new(new ChatOptions { FloodRate = 0, HistoryLines = 4 });

    [Fact]
    public void Jobs_count_against_the_account_wherever_its_owner_is()
    {
        Account account = TestAccounts.New("alice");
        SimulatedClient alice = _world.Member("alice", "192.0.2.1", account);
        SimulatedClient phone = _world.Member("alice", "198.51.100.1", account);
        SimulatedClient guest = _world.Guest("bob");

        alice.Type("fib bob 5");
        phone.Type("fib bob 6");
        guest.Type("fib alice 7");

        Assert.Equal(
            [IUserSession.BlockOf(account), IUserSession.BlockOf(account), _world.User("bob").OriginBlock],
            _world.Chat.Jobs.Requests.Select(request => request.Block));
    }

    [Fact]
    public void History_that_a_guest_washes_away_is_not_that_of_the_registered_user_behind_the_same_address()
    {
        SimulatedClient alice = _world.Member("alice", "192.0.2.1");
        SimulatedClient guest = _world.Guest("bob", "192.0.2.1");
        alice.Type("join lobby", "keep this");
        guest.Type("join lobby", "1", "2", "3", "4", "5");
        alice.ReadTexts();

        Assert.Contains("#lobby [1] alice keep this", alice.Type("/history").ReadTexts());
    }

    [Fact]
    public void Accounts_have_blocks_that_no_address_has()
    {
        Account one = TestAccounts.New("one");
        Account two = TestAccounts.New("two");

        Assert.NotEqual(IUserSession.BlockOf(one), IUserSession.BlockOf(two));
        Assert.NotEqual(IUserSession.ThisMachine, IUserSession.BlockOf(one));
    }
}
