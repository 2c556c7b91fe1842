using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AotChat.Tests.Load;

/// <summary>
/// A chat server for two, which hands on what the first says to the second as the test wants it: lost, twice, changed or
/// in another order.
/// </summary>
internal sealed class FaultyServer : IDisposable
{
    private const string Stamp = "[20260101 00:00:00.000000] ";
    private const string Command = "msg u1001 ";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<int, string, string[]> _handOn;

    /// <param name="handOn">What the second hears when the first says its Nth message, from 0 on.</param>
    public FaultyServer(Func<int, string, string[]> handOn)
    {
        _handOn = handOn;
        _listener.Start();
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private void Serve()
    {
        try
        {
            using TcpClient first = Welcome("u1000");
            using TcpClient second = Welcome("u1001");
            using StreamReader reader = new(first.GetStream());
            for (int number = 0; reader.ReadLine() is { } line; number++)
            {
                Write(first, "Message is delivered to u1001");
                foreach (string text in _handOn(number, line[Command.Length..]))
                {
                    Write(second, "u1000 " + text);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The generator has hung up.
        }
    }

    private TcpClient Welcome(string name)
    {
        TcpClient client = _listener.AcceptTcpClient();
        Write(client, "Welcome! Your username is " + name);
        return client;
    }

    private static void Write(TcpClient client, string text) => client.GetStream().Write(Encoding.ASCII.GetBytes(Stamp + text + "\n"));
}
