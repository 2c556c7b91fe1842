using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace AotChat.Jobs;

/// <summary>The size of what lies behind a URL: fetched with GET, streamed and counted, never held.</summary>
internal static class ResourceSizeJob
{
    /// <summary>The length of the body in bytes, as it was sent.</summary>
    /// <param name="url">Where to; http or https, without credentials.</param>
    /// <param name="allowed">The addresses that are open though they are not public: the option <c>url-allow</c>.</param>
    /// <param name="ports">The ports that are open elsewhere: the option <c>url-ports</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="JobException">There is none; the message says why.</exception>
    [Job(Lane = JobLane.Io)]
    internal static async Task<long> ResourceSizeAsync(Uri url, string allowed, string ports, CancellationToken cancellationToken)
    {
        CheckedConnector connector = new(FetchRules.Parse(allowed, ports), CheckedConnector.SystemResolver);
        using HttpClient client = new(CreateHandler(connector)) { Timeout = Timeout.InfiniteTimeSpan };
        return await MeasureAsync(client, url, ResourceLimits.Default, TimeProvider.System, static () => SecureTransport.IsAvailable, cancellationToken);
    }

    /// <summary>The same with other limits, and another answer to whether this machine can do https.</summary>
    internal static async Task<long> MeasureAsync(
        HttpClient client, Uri url, ResourceLimits limits, TimeProvider time, Func<bool> canDoHttps, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeLimit = new(limits.Time, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeLimit.Token, cancellationToken);
        try
        {
            return await FollowAsync(client, url, limits, canDoHttps, either.Token);
        }
        catch (OperationCanceledException) when (timeLimit.IsCancellationRequested)
        {
            throw new JobException("timed out");
        }
        catch (OperationCanceledException)
        {
            throw new JobException("cancelled");
        }
        catch (HttpRequestException exception)
        {
            throw exception.InnerException as JobException ?? new JobException(ReasonOf(exception));
        }
        catch (IOException)
        {
            throw new JobException("the connection was lost");
        }
        catch (UriFormatException)
        {
            // A redirect to «//», or a name that no name server could be asked for.
            throw new JobException("not a valid URL");
        }
    }

    /// <summary>
    /// Plain HTTP/1.1 and nothing by itself: no redirects, no cookies, no proxy of the environment, no decompression.
    /// </summary>
    internal static SocketsHttpHandler CreateHandler(CheckedConnector connector) => new()
    {
        ConnectCallback = (context, cancellation) => connector.ConnectAsync(context.DnsEndPoint, cancellation),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 64,
        // Every redirect connects, and so is checked, anew; and nobody reads on where the answer is known.
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseDrainSize = 0,
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = CertificatePolicy() },
    };

    // A certificate names places where its issuer and what was revoked can be got (RFC 5280), and by default the platform
    // fetches the issuer from there, past every rule. The server's owner wrote it.
    private static X509ChainPolicy CertificatePolicy() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
    };

    private static async Task<long> FollowAsync(HttpClient client, Uri url, ResourceLimits limits, Func<bool> canDoHttps, CancellationToken cancellation)
    {
        for (int redirects = 0; ; redirects++)
        {
            if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            {
                throw new JobException("only http and https are allowed");
            }

            if (url.UserInfo.Length > 0)
            {
                throw new JobException("a name or password in the URL is not allowed");
            }

            if (url.Scheme == Uri.UriSchemeHttps && !canDoHttps())
            {
                throw new JobException("this server cannot do https");
            }

            using HttpRequestMessage request = new(HttpMethod.Get, url);
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("aotchat", null));
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (IsRedirect(response.StatusCode) && response.Headers.Location is { } location)
            {
                if (redirects == limits.MaxRedirects)
                {
                    throw new JobException("too many redirects");
                }

                url = new Uri(url, location);
                continue;
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new JobException(string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}"));
            }

            return await CountAsync(response.Content, limits, cancellation);
        }
    }

    private static async Task<long> CountAsync(HttpContent content, ResourceLimits limits, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > limits.MaxBytes)
        {
            throw TooLarge(limits);
        }

        using Stream body = await content.ReadAsStreamAsync(cancellation);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            long total = 0;
            while (await body.ReadAsync(buffer, cancellation) is > 0 and int count)
            {
                total += count;
                if (total > limits.MaxBytes)
                {
                    throw TooLarge(limits);
                }
            }

            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static JobException TooLarge(ResourceLimits limits) =>
        new(string.Create(CultureInfo.InvariantCulture, $"too large (limit {limits.MaxBytes} bytes)"));

    private static bool IsRedirect(HttpStatusCode status) => status
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    // Coarse on purpose: the answer goes to anybody who asks. An address that is closed and a name that does not exist are
    // the same word, or the answers would tell which names there are inside.
    private static string ReasonOf(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.SecureConnectionError => "the secure connection failed",
        HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => "not a valid HTTP response",
        HttpRequestError.ResponseEnded => "the connection was lost",
        HttpRequestError.ConfigurationLimitExceeded => "the response headers are too long",
        _ => CheckedConnector.Unreachable,
    };
}
