using System.Globalization;
using System.Net.Sockets;

namespace AotChat.EndToEnd.Tests;

/// <summary>What a job can do with the network, whatever it tries.</summary>
public sealed class ConfinementSpecs
{
    [Fact]
    public async Task A_job_that_computes_has_no_network()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "2");
        using Client alice = await server.ConnectAsync();

        Assert.Equal("nothing", await alice.AskAsync($"network {server.Port}"));
        Assert.Empty(server.Complaints);
    }

    [Fact]
    public async Task A_job_that_fetches_may_connect_to_its_ports_alone_and_not_listen()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "2");
        using Client alice = await server.ConnectAsync();

        Assert.Equal("udp, local", await alice.AskAsync($"network-io {server.Port}"));
    }

    [Fact]
    public async Task A_job_that_fetches_does_not_reach_local_services_without_a_file()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "2");
        using Client alice = await server.ConnectAsync();
        using Socket service = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        service.Bind(new UnixDomainSocketEndPoint($"\0aotchat-{server.Port}"));
        service.Listen();

        Assert.Equal("udp, local", await alice.AskAsync($"network-io {server.Port}"));
    }

    [Fact]
    public async Task A_job_that_fetches_reaches_the_ports_of_the_option()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "2");
        using Client probe = await server.ConnectAsync();
        string port = server.Port.ToString(CultureInfo.InvariantCulture);
        await using Server other = await Server.StartTestServerAsync("--workers", "2", "--url-ports", "80," + port);
        using Client alice = await other.ConnectAsync();

        Assert.Equal("connect, udp, local", await alice.AskAsync($"network-io {port}"));
    }

    [Fact]
    public async Task An_address_that_the_operator_opens_is_reached_on_any_port()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "2", "--url-allow", "127.0.0.0/8");
        using Client alice = await server.ConnectAsync();

        Assert.Equal("connect, udp, local", await alice.AskAsync($"network-io {server.Port}"));
    }

    [Fact]
    public async Task A_single_worker_does_what_both_lanes_need()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "1");
        using Client alice = await server.ConnectAsync();

        Assert.Equal("udp, local", await alice.AskAsync($"network {server.Port}"));
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("inspect-io")]
    public async Task A_job_cannot_look_into_the_server_or_another_worker_nor_end_it(string command)
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "2");
        using Client alice = await server.ConnectAsync();
        await server.WaitForWorkersAsync(2);

        Assert.Equal("nothing", await alice.AskAsync(command));
    }

    [Fact]
    public async Task Workers_have_no_rights_and_are_nobody_where_root_runs_the_server()
    {
        await using Server server = await Server.StartTestServerAsync("--workers", "2");
        using Client alice = await server.ConnectAsync();
        Assert.Equal("slept", await alice.AskAsync("sleep 0"));
        Assert.Equal("slept", await alice.AskAsync("sleep-io 0"));
        string ownUser = Processes.StatusOf(Environment.ProcessId)["Uid"];
        const string Root = "0\t0\t0\t0";
        const string Nobody = "65534\t65534\t65534\t65534";

        foreach (int worker in server.Workers)
        {
            IReadOnlyDictionary<string, string> status = Processes.StatusOf(worker);
            Assert.Equal(ownUser == Root ? Nobody : ownUser, status["Uid"]);
            Assert.Equal("", ownUser == Root ? status["Groups"].Trim() : "");
            foreach (string set in (string[])["CapInh", "CapPrm", "CapEff", "CapAmb"])
            {
                Assert.Equal("0000000000000000", status[set]);
            }

            Assert.Equal("0000000000000000", ownUser == Root ? status["CapBnd"] : "0000000000000000");
        }

        Assert.Empty(server.Complaints);
    }

    [Fact]
    public async Task Url_does_not_reach_the_machine_of_the_server()
    {
        await using Server server = await Server.StartAsync("--workers", "1");
        using TestWebServer web = new("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
        using Client alice = await server.ConnectAsync();

        Assert.Equal("Cannot get the url size: unreachable", await alice.AskAsync($"url u1000 {web.Url}"));
        Assert.Equal("Cannot get the url size: unreachable", await alice.AskAsync($"url u1000 http://localhost:{web.Url.Port}/"));
        Assert.Empty(web.Requests);
    }
}
