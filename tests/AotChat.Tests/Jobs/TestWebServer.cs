using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AotChat.Tests.Jobs;

/// <summary>A web server that says exactly what a test wants, byte by byte: each request gets the next answer.</summary>
internal sealed class TestWebServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();

    /// <param name="answers">
    /// The answers in order; the last one is given again and again. One that ends in "…" is followed by silence.
    /// </param>
    public TestWebServer(params string[] answers)
    {
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _ = ServeAsync(answers);
    }

    public Uri Url { get; }

    /// <summary>The request lines so far.</summary>
    public List<string> Requests { get; } = [];

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync(string[] answers)
    {
        CancellationToken end = _end.Token;
        try
        {
            for (int i = 0; ; i++)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(end);
                _ = AnswerAsync(client, answers[Math.Min(i, answers.Length - 1)], end);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client, string answer, CancellationToken end)
    {
        using (client)
        {
            try
            {
                using StreamReader reader = new(client.GetStream(), leaveOpen: true);
                string? line = await reader.ReadLineAsync(end);
                lock (Requests)
                {
                    Requests.Add(line ?? "");
                }

                while (await reader.ReadLineAsync(end) is { Length: > 0 })
                {
                }

                bool isSilent = answer.EndsWith('…');
                await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(answer.TrimEnd('…').ReplaceLineEndings("\r\n")), end);
                if (isSilent)
                {
                    await Task.Delay(Timeout.Infinite, end);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
            {
                // The other side, or the test, has had enough.
            }
        }
    }
}
