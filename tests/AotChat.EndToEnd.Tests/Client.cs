using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace AotChat.EndToEnd.Tests;

/// <summary>Somebody at a terminal.</summary>
internal sealed partial class Client : IDisposable
{
    /// <summary>What stands under the welcome where there is no message of the day.</summary>
    public const string WayIn = "Type \"join lobby\" to talk with others, \"help\" for all commands.";

    private readonly Socket _connection;
    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;

    private Client(Socket connection)
    {
        _connection = connection;
        _stream = new NetworkStream(connection, ownsSocket: true);
        _reader = new StreamReader(_stream, Encoding.UTF8);
    }

    /// <summary>The name from the welcome line.</summary>
    public string Name { get; private set; } = "";

    /// <summary>When the last line was made, by the server's clock, in ticks.</summary>
    public long LastStamp { get; private set; }

    /// <summary>Whether something has arrived that was not read yet, be it the end.</summary>
    public bool HasInput => _connection.Poll(0, SelectMode.SelectRead);

    /// <param name="server">Where to.</param>
    /// <param name="receiveBuffer">How many bytes the kernel takes for a client that does not read; 0 for the usual megabytes.</param>
    public static async Task<Client> ConnectAsync(EndPoint server, int receiveBuffer = 0)
    {
        Socket connection = new(
            server.AddressFamily, SocketType.Stream, server is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
        if (receiveBuffer > 0)
        {
            connection.ReceiveBufferSize = receiveBuffer;
        }

        await connection.ConnectAsync(server);
        return new Client(connection);
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
    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Sends as many of these bytes as the server takes now.</summary>
    public void SendUnread(byte[] bytes)
    {
        _connection.Blocking = false;
        _connection.Send(bytes, SocketFlags.None, out _);
    }

    /// <summary>Says that no more input comes; output can still be read.</summary>
    public void EndInput() => _connection.Shutdown(SocketShutdown.Send);

    /// <summary>Resets the connection.</summary>
    public void Reset()
    {
        _connection.LingerState = new LingerOption(true, 0);
        _connection.Close();
    }

    /// <summary>
    /// Reads the next line without its stamp; null at the end of the connection. The line under the welcome is passed
    /// over: it has a test of its own.
    /// </summary>
    public async Task<string?> ReadAsync()
    {
        string? line = await ReadAnyAsync();
        return line == WayIn ? await ReadAnyAsync() : line;
    }

    /// <summary>Reads the next line without its stamp, whatever it says.</summary>
    public async Task<string?> ReadAnyAsync()
    {
        using CancellationTokenSource limit = new(Wait.Limit);
        string? line = await _reader.ReadLineAsync(limit.Token);
        if (line is null)
        {
            return null;
        }

        Assert.Matches(Stamp(), line);
        LastStamp = DateTime.ParseExact(line[1..25], "yyyyMMdd HH:mm:ss.ffffff", CultureInfo.InvariantCulture).Ticks;
        return line[27..];
    }

    /// <summary>Reads everything up to the end of the connection, as it came.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using CancellationTokenSource limit = new(Wait.Limit);
        return await _reader.ReadToEndAsync(limit.Token);
    }

    /// <summary>Reads everything up to the end of the connection, a letter for each byte. To be used instead of reading lines.</summary>
    public async Task<string> ReadBytesAsync()
    {
        using CancellationTokenSource limit = new(Wait.Limit);
        using StreamReader bytes = new(_stream, Encoding.Latin1, leaveOpen: true);
        return await bytes.ReadToEndAsync(limit.Token);
    }

    /// <summary>Types a line and reads the next one that comes.</summary>
    public async Task<string?> AskAsync(string line)
    {
        await TypeAsync(line);
        return await ReadAsync();
    }

    public void Dispose()
    {
        _reader.Dispose();
        _connection.Dispose();
    }

    [GeneratedRegex(@"^\[\d{8} \d\d:\d\d:\d\d\.\d{6}\] ")]
    private static partial Regex Stamp();
}
