using System.Net;
using System.Net.Sockets;
using AotChat.Jobs;
using Microsoft.Extensions.Time.Testing;

namespace AotChat.Tests.Jobs;

/// <summary>What a fetch counts, and how each failure is told.</summary>
public sealed class ResourceSizeSpecs : IDisposable
{
    private static readonly ResourceLimits Limits = new(MaxBytes: 100, TimeSpan.FromSeconds(10), MaxRedirects: 3);

    private readonly HttpClient _client = new(ResourceSizeJob.CreateHandler(Local)) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly FakeTimeProvider _time = new();

    private static CheckedConnector Local => new(FetchRules.Parse("127.0.0.0/8,::1", "80,443"), CheckedConnector.SystemResolver);

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 4\n\nbody", 4)]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 0\n\n", 0)]
    [InlineData("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n2\nde\n0\n\n", 5)]
    [InlineData("HTTP/1.0 200 OK\n\nuntil the end", 13)]
    [InlineData("HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: 3\n\nxyz", 3)]
    public async Task The_bytes_of_the_body_are_counted_as_sent(string answer, long expected)
    {
        using TestWebServer server = new(answer);

        Assert.Equal(expected, await Measure(server.Url));
    }

    [Fact]
    public async Task A_body_of_just_the_limit_is_counted()
    {
        using TestWebServer server = new("HTTP/1.0 200 OK\n\n" + new string('x', 100));

        Assert.Equal(100, await Measure(server.Url));
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\nContent-Length: 0\n\n", "HTTP 404")]
    [InlineData("HTTP/1.1 500 Oops\nContent-Length: 0\n\n", "HTTP 500")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 101\n\n…", "too large (limit 100 bytes)")]
    [InlineData("SSH-2.0-OpenSSH_9\n", "not a valid HTTP response")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 10\n\nhalf", "the connection was lost")]
    [InlineData("", "the connection was lost")]
    [InlineData("HTTP/1.1 302 Found\nLocation: file:///etc/passwd\nContent-Length: 0\n\n", "only http and https are allowed")]
    [InlineData("HTTP/1.1 302 Found\nLocation: http://user:secret@127.0.0.1/\nContent-Length: 0\n\n", "a name or password in the URL is not allowed")]
    [InlineData("HTTP/1.1 302 Found\nLocation: /again\nContent-Length: 0\n\n", "too many redirects")]
    [InlineData("HTTP/1.1 302 Found\nContent-Length: 0\n\n", "HTTP 302")]
    [InlineData("HTTP/1.1 302 Found\nLocation: //\nContent-Length: 0\n\n", "not a valid URL")]
    [InlineData("HTTP/1.1 302 Found\nLocation: http://xn--a\u00ad/\nContent-Length: 0\n\n", "not a valid URL")]
    public async Task A_failure_is_described_in_one_clause(string answer, string reason)
    {
        using TestWebServer server = new(answer);

        Assert.Equal(reason, await ReasonOf(server.Url));
    }

    [Fact]
    public async Task An_endless_body_ends_at_the_limit()
    {
        using TestWebServer server = new("HTTP/1.1 200 OK\n\n" + new string('x', 101) + "…");

        Assert.Equal("too large (limit 100 bytes)", await ReasonOf(server.Url));
    }

    [Fact]
    public async Task Three_redirects_are_followed()
    {
        const string Redirect = "HTTP/1.1 301 Moved\nLocation: /next\nContent-Length: 0\nConnection: close\n\n";
        using TestWebServer server = new(Redirect, Redirect, Redirect, "HTTP/1.1 200 OK\nContent-Length: 2\nConnection: close\n\nok");

        Assert.Equal(2, await Measure(server.Url));
        Assert.Equal(["GET / HTTP/1.1", "GET /next HTTP/1.1", "GET /next HTTP/1.1", "GET /next HTTP/1.1"], server.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 10\n\ndrip…")]
    [InlineData("HTTP/1.1 200 OK\nContent-Le…")]
    public async Task Silence_ends_when_the_time_is_over(string answer)
    {
        using TestWebServer server = new(answer);
        Task<string> reason = ReasonOf(server.Url);
        Assert.True(SpinWait.SpinUntil(() => server.Requests.Count == 1, TimeSpan.FromSeconds(10)));
        Assert.False(reason.IsCompleted);

        _time.Advance(Limits.Time);

        Assert.Equal("timed out", await reason);
    }

    [Fact]
    public async Task A_fetch_can_be_cancelled()
    {
        using TestWebServer server = new("HTTP/1.1 200 OK\n…");
        using CancellationTokenSource cancel = new();
        Task<long> measuring = ResourceSizeJob.MeasureAsync(_client, server.Url, Limits, _time, static () => true, cancel.Token);
        await cancel.CancelAsync();

        Assert.Equal("cancelled", (await Assert.ThrowsAsync<JobException>(() => measuring)).Message);
    }

    [Theory]
    [InlineData("file:///etc/passwd", "only http and https are allowed")]
    [InlineData("ftp://127.0.0.1/", "only http and https are allowed")]
    [InlineData("http://user@127.0.0.1/", "a name or password in the URL is not allowed")]
    [InlineData("http://name.invalid/", "unreachable")]
    public async Task A_url_that_is_not_allowed_is_not_fetched(string url, string reason) => Assert.Equal(reason, await ReasonOf(new Uri(url)));

    [Fact]
    public async Task A_closed_port_is_unreachable()
    {
        TcpListener closed = new(IPAddress.Loopback, 0);
        closed.Start();
        int port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Dispose();

        Assert.Equal("unreachable", await ReasonOf(new Uri($"http://127.0.0.1:{port}/")));
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls_has_no_secure_connection()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task<string> reason = ReasonOf(new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"));
        using (TcpClient client = await listener.AcceptTcpClientAsync())
        {
            await client.GetStream().WriteAsync("HTTP/1.1 400 Speak HTTP\r\n\r\n"u8.ToArray());
            Assert.Equal("the secure connection failed", await reason);
        }
    }

    [Fact]
    public async Task Where_the_library_for_https_is_missing_it_is_not_tried()
    {
        JobException failure = await Assert.ThrowsAsync<JobException>(() => ResourceSizeJob.MeasureAsync(
            _client, new Uri("https://127.0.0.1:1/"), Limits, _time, static () => false, CancellationToken.None));

        Assert.Equal("this server cannot do https", failure.Message);
    }

    [Fact]
    public async Task Where_the_library_for_https_is_missing_a_redirect_does_not_lead_to_it_and_http_works()
    {
        using TestWebServer redirecting = new("HTTP/1.1 302 Found\nLocation: https://127.0.0.1:1/\nContent-Length: 0\n\n");
        using TestWebServer plain = new("HTTP/1.1 200 OK\nContent-Length: 4\n\nbody");
        JobException failure = await Assert.ThrowsAsync<JobException>(() => ResourceSizeJob.MeasureAsync(
            _client, redirecting.Url, Limits, _time, static () => false, CancellationToken.None));

        Assert.Equal("this server cannot do https", failure.Message);
        Assert.Equal(4, await ResourceSizeJob.MeasureAsync(_client, plain.Url, Limits, _time, static () => false, CancellationToken.None));
    }

    [Fact]
    public void The_library_for_https_is_looked_for_under_the_names_that_the_runtime_knows()
    {
        List<string> tried = [];
        Assert.False(SecureTransport.CanLoad(null, name =>
        {
            tried.Add(name);
            return false;
        }));

        Assert.Equal(["libssl.so.3", "libssl.so.1.1", "libssl.so.1.0.2", "libssl.so.1.0.0", "libssl.so.10"], tried);
        Assert.True(SecureTransport.CanLoad(null, static name => name == "libssl.so.1.1"));
        Assert.True(SecureTransport.CanLoad("4", static name => name == "libssl.so.4"));
        Assert.True(SecureTransport.IsAvailable);
    }

    private Task<long> Measure(Uri url) => ResourceSizeJob.MeasureAsync(_client, url, Limits, _time, static () => true, CancellationToken.None);

    private async Task<string> ReasonOf(Uri url) => (await Assert.ThrowsAsync<JobException>(() => Measure(url))).Message;
}
