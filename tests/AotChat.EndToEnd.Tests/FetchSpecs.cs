namespace AotChat.EndToEnd.Tests;

/// <summary>What a worker of the published binary fetches, with the machine's own TLS.</summary>
public sealed class FetchSpecs : IDisposable
{
    private readonly string _certificates = Path.GetTempFileName();

    public void Dispose() => File.Delete(_certificates);

    [Fact]
    public async Task A_secure_resource_is_measured_under_the_name_of_its_url()
    {
        using TestTlsServer web = new("localhost");
        await using Server server = await StartAsync(web);
        using Client alice = await server.ConnectAsync();

        Assert.Equal($"resource_size(https://localhost:{web.Port}/) = 2", await alice.AskAsync($"url u1000 https://localhost:{web.Port}/"));
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_not_secure()
    {
        using TestTlsServer web = new("elsewhere.test");
        await using Server server = await StartAsync(web);
        using Client alice = await server.ConnectAsync();

        Assert.Equal("Cannot get the url size: the secure connection failed", await alice.AskAsync($"url u1000 https://localhost:{web.Port}/"));
    }

    [Fact]
    public async Task A_certificate_does_not_send_the_worker_elsewhere()
    {
        using TestWebServer inner = new("HTTP/1.1 200 OK\nContent-Length: 2\n\nok");
        using TestTlsServer web = new("localhost", issuerUrl: inner.Url);
        await using Server server = await Server.StartAsync("--workers", "1", "--url-allow", "127.0.0.0/8,::1");
        using Client alice = await server.ConnectAsync();

        Assert.Equal("Cannot get the url size: the secure connection failed", await alice.AskAsync($"url u1000 https://localhost:{web.Port}/"));
        Assert.Empty(inner.Requests);
    }

    [Fact]
    public async Task A_redirect_to_nowhere_is_no_fault_of_the_worker()
    {
        using TestWebServer web = new("HTTP/1.1 302 Found\nLocation: //\nContent-Length: 0\n\n");
        await using Server server = await Server.StartAsync("--workers", "1", "--url-allow", "127.0.0.0/8");
        using Client alice = await server.ConnectAsync();

        Assert.Equal("Cannot get the url size: not a valid URL", await alice.AskAsync($"url u1000 {web.Url}"));
        Assert.Empty(server.Complaints);
    }

    [Fact]
    public async Task A_redirect_to_a_closed_address_is_unreachable()
    {
        using TestWebServer web = new("HTTP/1.1 302 Found\nLocation: http://169.254.169.254/latest/meta-data/\nContent-Length: 0\n\n");
        await using Server server = await Server.StartAsync("--workers", "1", "--url-allow", "127.0.0.1");
        using Client alice = await server.ConnectAsync();

        Assert.Equal("Cannot get the url size: unreachable", await alice.AskAsync($"url u1000 {web.Url}"));
        Assert.Single(web.Requests);
    }

    [Fact]
    public async Task A_number_that_takes_too_long_ends_at_the_limit_and_the_worker_lives_on()
    {
        await using Server server = await Server.StartAsync("--workers", "1", "--job-soft-seconds", "1");
        using Client alice = await server.ConnectAsync();
        Assert.Equal("fib(30) = 832040", await alice.AskAsync("fib u1000 30 slow"));
        Assert.Equal("Fib result is delivered to u1000", await alice.ReadAsync());
        int worker = Assert.Single(server.Workers);

        Assert.Equal("Cannot compute fib: timed out", await alice.AskAsync("fib u1000 45 slow"));
        Assert.Equal("fib(7) = 13", await alice.AskAsync("fib u1000 7"));
        Assert.Equal([worker], server.Workers);
    }

    // Who trusts the issuer of that server's certificate.
    private async Task<Server> StartAsync(TestTlsServer web)
    {
        await File.WriteAllTextAsync(_certificates, web.IssuerPem);
        if (!OperatingSystem.IsWindows())
        {
            // Workers of a server that root runs are nobody.
            File.SetUnixFileMode(_certificates, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        return await Server.StartAsync(
            ["--workers", "1", "--url-allow", "127.0.0.0/8,::1"], ("SSL_CERT_FILE", _certificates));
    }
}
