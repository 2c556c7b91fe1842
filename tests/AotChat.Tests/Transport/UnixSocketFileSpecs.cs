using System.Net.Sockets;
using System.Runtime.Versioning;
using AotChat.Transport;

namespace AotChat.Tests.Transport;

/// <summary>Whose socket file it is that lies where the server wants to listen.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class UnixSocketFileSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aotchat-").FullName;
    private readonly UnixDomainSocketEndPoint _endPoint;

    public UnixSocketFileSpecs() => _endPoint = new UnixDomainSocketEndPoint(Path.Combine(_folder, "chat.sock"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_server_that_accepts_nobody_is_there_all_the_same()
    {
        using Socket stopped = NewSocket();
        stopped.Bind(_endPoint);
        stopped.Listen(0);
        List<Socket> waiting = [];
        while (TryConnect(waiting))
        {
        }

        // On a thread of its own: it waited for ever once.
        IOException exception = await Assert.ThrowsAsync<IOException>(
            () => Task.Run(() => UnixSocketFile.RemoveStale(_endPoint)).WaitAsync(TimeSpan.FromMinutes(1)));

        Assert.Equal("another server is listening there", exception.Message);
        Assert.True(File.Exists(_endPoint.ToString()));
        waiting.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public void The_file_of_a_server_that_is_gone_is_removed()
    {
        // Moved while it is open: .NET removes the file of its own sockets when they are closed.
        UnixDomainSocketEndPoint left = new(Path.Combine(_folder, "left.sock"));
        using (Socket gone = NewSocket())
        {
            gone.Bind(_endPoint);
            gone.Listen(1);
            File.Move(_endPoint.ToString(), left.ToString());
        }

        UnixSocketFile.RemoveStale(left);

        Assert.False(File.Exists(left.ToString()));
    }

    [Fact]
    public async Task A_pipe_in_its_place_is_left_alone_and_does_not_hold_up_the_start()
    {
        string path = _endPoint.ToString();
        using (System.Diagnostics.Process made = System.Diagnostics.Process.Start("mkfifo", path))
        {
            await made.WaitForExitAsync();
        }

        // On a thread of its own: it waited for a writer for ever once.
        IOException exception = await Assert.ThrowsAsync<IOException>(
            () => Task.Run(() => UnixSocketFile.RemoveStale(_endPoint)).WaitAsync(TimeSpan.FromMinutes(1)));

        Assert.Equal("the file exists and is not a socket", exception.Message);
        Assert.True(File.Exists(path));
    }

    private bool TryConnect(List<Socket> waiting)
    {
        Socket socket = NewSocket();
        waiting.Add(socket);
        socket.Blocking = false;
        try
        {
            socket.Connect(_endPoint);
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.WouldBlock)
        {
            return false;
        }
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
