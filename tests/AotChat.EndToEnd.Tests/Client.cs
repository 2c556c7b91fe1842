using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace AotChat.EndToEnd.Tests;

/// <summary>Somebody at a terminal.</summary>
internal sealed partial class Client : IDisposable
{
    private readonly TcpClient _connection = new();
    private StreamReader? _reader;

    /// <summary>The name from the welcome line.</summary>
    public string Name { get; private set; } = "";

    public static async Task<Client> ConnectAsync(IPEndPoint server)
    {
        Client client = new();
        await client._connection.ConnectAsync(server);
        client._reader = new StreamReader(client._connection.GetStream(), Encoding.UTF8);
        return client;
    }

    /// <summary>Reads the first line, which gives the name.</summary>
    public async Task ReadWelcomeAsync()
    {
        string line = await ReadAsync() ?? throw new EndOfStreamException("There was no welcome.");
        Assert.StartsWith("Welcome! Your username is u", line, StringComparison.Ordinal);
        Name = line[(line.LastIndexOf(' ') + 1)..];
    }

    /// <summary>Types a line.</summary>
    public Task TypeAsync(string line) => SendAsync(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendAsync(byte[] bytes) => await _connection.GetStream().WriteAsync(bytes);

    /// <summary>Says that no more input comes; output can still be read.</summary>
    public void EndInput() => _connection.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Resets the connection.</summary>
    public void Reset()
    {
        _connection.LingerState = new LingerOption(true, 0);
        _connection.Close();
    }

    /// <summary>Reads the next line without its stamp; null at the end of the connection.</summary>
    public async Task<string?> ReadAsync()
    {
        using CancellationTokenSource limit = new(Wait.Limit);
        string? line = await _reader!.ReadLineAsync(limit.Token);
        if (line is null)
        {
            return null;
        }

        Assert.Matches(Stamp(), line);
        return line[27..];
    }

    /// <summary>Types a line and reads the next one that comes.</summary>
    public async Task<string?> AskAsync(string line)
    {
        await TypeAsync(line);
        return await ReadAsync();
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _connection.Dispose();
    }

    [GeneratedRegex(@"^\[\d{8} \d\d:\d\d:\d\d\.\d{6}\] ")]
    private static partial Regex Stamp();
}
