using System.Net;
using System.Net.Sockets;
using AotChat.Jobs;

namespace AotChat.Tests.Jobs;

/// <summary>A fetch with names that lead where their owner wants.</summary>
public sealed class CheckedConnectorSpecs
{
    private const string Ok = "HTTP/1.1 200 OK\nContent-Length: 2\nConnection: close\n\nok";
    private static readonly ResourceLimits Limits = new(MaxBytes: 100, TimeSpan.FromSeconds(10), MaxRedirects: 3);

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://127.1/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[0:0:0:0:0:ffff:a9fe:a9fe]/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("http://[fe80::1%251]/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("https://192.168.0.1/")]
    [InlineData("http://0/")]
    public Task No_spelling_of_an_inner_address_is_open(string url) =>
        AssertClosedAsync(new Uri(url), "none", NobodyIsAsked);

    [Theory]
    [InlineData("http://name/", "127.0.0.1")]
    [InlineData("http://name./", "10.0.0.1")]
    [InlineData("http://name/", "1.1.1.1", "10.0.0.1")]
    [InlineData("http://name/", "10.0.0.1", "1.1.1.1")]
    [InlineData("http://name/", "2606:4700:4700::1111", "::1")]
    public Task A_name_with_one_closed_address_is_closed(string url, params string[] addresses) =>
        AssertClosedAsync(new Uri(url), "none", Answering(addresses));

    [Theory]
    [InlineData("http://name:22/")]
    [InlineData("https://name:8443/")]
    public Task Other_ports_are_closed(string url) =>
        AssertClosedAsync(new Uri(url), "none", Answering("1.1.1.1"));

    [Fact]
    public async Task A_name_is_asked_for_once_and_the_address_that_was_checked_is_the_one_that_is_used()
    {
        using TestWebServer server = new(Ok);
        int asked = 0;
        Resolver changing = (_, _) => Task.FromResult<IPAddress[]>([asked++ == 0 ? IPAddress.Loopback : IPAddress.Parse("169.254.169.254")]);

        Assert.Equal(2, await Measure(Named(server), "127.0.0.0/8", changing));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_name_that_has_changed_its_answer_is_closed_the_next_time()
    {
        using TestWebServer server = new("HTTP/1.1 302 Found\nLocation: /again\nContent-Length: 0\nConnection: close\n\n", Ok);
        int asked = 0;
        Resolver changing = (_, _) => Task.FromResult<IPAddress[]>([asked++ == 0 ? IPAddress.Loopback : IPAddress.Parse("169.254.169.254")]);

        await AssertClosedAsync(Named(server), "127.0.0.0/8", changing);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://2852039166/")]
    public async Task A_redirect_inside_is_closed(string location)
    {
        using TestWebServer server = new($"HTTP/1.1 302 Found\nLocation: {location}\nContent-Length: 0\nConnection: close\n\n");

        await AssertClosedAsync(server.Url, "127.0.0.0/8", NobodyIsAsked);
    }

    [Fact]
    public async Task The_next_address_is_tried_where_the_first_does_not_answer()
    {
        using TestWebServer server = new(Ok);

        Assert.Equal(2, await Measure(Named(server), "127.0.0.0/8,::1", Answering("::1", "127.0.0.1")));
    }

    [Fact]
    public async Task An_address_that_swallows_everything_does_not_take_the_time_of_the_next()
    {
        using TestWebServer server = new(Ok);
        using FullListener swallowing = new(server.Url.Port);
        CheckedConnector connector = new(
            FetchRules.Parse("127.0.0.0/8", "80"), Answering(FullListener.Address.ToString(), "127.0.0.1"), TimeSpan.FromMilliseconds(1));
        using HttpClient client = new(ResourceSizeJob.CreateHandler(connector)) { Timeout = Timeout.InfiniteTimeSpan };

        Assert.Equal(2, await ResourceSizeJob.MeasureAsync(client, Named(server), Limits, TimeProvider.System, static () => true, CancellationToken.None));
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_unreachable()
    {
        Resolver unknown = (_, _) => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));

        Assert.Equal("unreachable", await ReasonOf(new Uri("http://name/"), "none", unknown));
    }

    [Fact]
    public async Task A_certificate_does_not_make_the_worker_fetch_its_issuer()
    {
        using TestWebServer inner = new(Ok);
        using TestTlsServer server = new("name", issuerUrl: inner.Url);

        Assert.Equal("the secure connection failed", await ReasonOf(new Uri($"https://name:{server.Port}/"), "127.0.0.0/8", Answering("127.0.0.1")));
        Assert.Empty(inner.Requests);
    }

    [Fact]
    public async Task A_resolver_that_never_answers_is_not_waited_for()
    {
        using CancellationTokenSource cancel = new();
        Resolver silent = async (_, token) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return [];
        };

        Assert.Equal("cancelled", await ReasonOf(new Uri("http://name/"), "none", silent, cancel.Token));
    }

    private static Task<IPAddress[]> NobodyIsAsked(string host, CancellationToken cancellation) =>
        throw new InvalidOperationException("A literal address was looked up: " + host);

    private static Resolver Answering(params string[] addresses) => (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray());

    private static Uri Named(TestWebServer server) => new($"http://name:{server.Url.Port}/");

    // The user hears the same word as for an address where nobody is; that no connection was tried is known here alone.
    private static async Task AssertClosedAsync(Uri url, string allowed, Resolver resolver)
    {
        CheckedConnector connector = new(FetchRules.Parse(allowed, "80,443"), resolver);
        Exception? refusal = null;
        SocketsHttpHandler handler = ResourceSizeJob.CreateHandler(connector);
        handler.ConnectCallback = async (context, cancellation) =>
        {
            try
            {
                return await connector.ConnectAsync(context.DnsEndPoint, cancellation);
            }
            catch (Exception exception)
            {
                refusal = exception;
                throw;
            }
        };
        using HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        JobException failure = await Assert.ThrowsAsync<JobException>(() => ResourceSizeJob.MeasureAsync(
            client, url, Limits, TimeProvider.System, static () => true, CancellationToken.None));

        Assert.Equal("unreachable", failure.Message);
        Assert.IsType<JobException>(refusal);
    }

    private static async Task<long> Measure(Uri url, string allowed, Resolver resolver, CancellationToken cancellation = default)
    {
        CheckedConnector connector = new(FetchRules.Parse(allowed, "80,443"), resolver);
        using HttpClient client = new(ResourceSizeJob.CreateHandler(connector)) { Timeout = Timeout.InfiniteTimeSpan };
        return await ResourceSizeJob.MeasureAsync(client, url, Limits, TimeProvider.System, static () => true, cancellation);
    }

    private static async Task<string> ReasonOf(Uri url, string allowed, Resolver resolver, CancellationToken cancellation = default) =>
        (await Assert.ThrowsAsync<JobException>(() => Measure(url, allowed, resolver, cancellation))).Message;
}
