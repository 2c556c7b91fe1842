using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AotChat.Tests.Jobs;

/// <summary>A server that speaks TLS with a certificate of the test's own making, and answers one line over and over.</summary>
internal sealed class TestTlsServer : IDisposable
{
    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly X509Certificate2 _certificate;
    private readonly SslStreamCertificateContext _context;
    private readonly X509Certificate2 _issuer;

    /// <param name="name">The name that its certificate is for.</param>
    /// <param name="issuerUrl">Where the certificate says that its issuer's can be got (authority information access, RFC 5280 4.2.2.1).</param>
    public TestTlsServer(string name, Uri? issuerUrl = null)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using ECDsa issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest issuer = new("CN=Test issuer", issuerKey, HashAlgorithmName.SHA256);
        issuer.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        issuer.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(issuer.PublicKey, critical: false));
        _issuer = issuer.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=" + name, key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        if (issuerUrl is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuerUrl.AbsoluteUri]));
        }

        using X509Certificate2 bare = request.Create(_issuer, now.AddDays(-1), now.AddDays(1), [1, 2, 3, 4]);
        _certificate = bare.CopyWithPrivateKey(key);
        // Offline: it must not fetch the issuer itself, and sends its own certificate alone.
        _context = SslStreamCertificateContext.Create(_certificate, additionalCertificates: null, offline: true);
        _listener.Start();
        _ = ServeAsync(_end.Token);
    }

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The certificate of its issuer, for who is to trust it.</summary>
    public string IssuerPem => _issuer.ExportCertificatePem();

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
        _certificate.Dispose();
        _issuer.Dispose();
    }

    private async Task ServeAsync(CancellationToken end)
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(end), end);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client, CancellationToken end)
    {
        using (client)
        using (SslStream tls = new(client.GetStream()))
        {
            try
            {
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = _context }, end);
                using StreamReader reader = new(tls, leaveOpen: true);
                while (await reader.ReadLineAsync(end) is { Length: > 0 })
                {
                }

                await tls.WriteAsync(Answer, end);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or AuthenticationException)
            {
                // The other side, or the test, has had enough.
            }
        }
    }
}
