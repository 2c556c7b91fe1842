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
    public async Task A_socket_of_a_server_that_accepts_nobody_is_left_alone()
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
        string left = LeaveSocket("left.sock");

        UnixSocketFile.RemoveStale(new UnixDomainSocketEndPoint(left));

        Assert.False(File.Exists(left));
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

    [Fact]
    public void A_symbolic_link_to_the_file_of_a_server_that_is_gone_is_left_alone_and_so_is_that_file()
    {
        string left = LeaveSocket("left.sock");
        File.CreateSymbolicLink(_endPoint.ToString(), left);

        IOException exception = Assert.Throws<IOException>(() => UnixSocketFile.RemoveStale(_endPoint));

        Assert.Equal("the file exists and is not a socket", exception.Message);
        Assert.Equal(left, new FileInfo(_endPoint.ToString()).LinkTarget);
        Assert.True(File.Exists(left));
    }

    [Fact]
    public void A_symbolic_link_to_the_socket_of_a_server_that_runs_is_left_alone()
    {
        UnixDomainSocketEndPoint other = new(Path.Combine(_folder, "other.sock"));
        using Socket running = NewSocket();
        running.Bind(other);
        running.Listen(1);
        File.CreateSymbolicLink(_endPoint.ToString(), other.ToString());

        IOException exception = Assert.Throws<IOException>(() => UnixSocketFile.RemoveStale(_endPoint));

        Assert.Equal("another server is listening there", exception.Message);
        Assert.Equal(other.ToString(), new FileInfo(_endPoint.ToString()).LinkTarget);
    }

    [Fact]
    public async Task Of_two_names_of_the_file_of_a_server_that_is_gone_only_the_one_that_is_wanted_is_removed()
    {
        string left = LeaveSocket("left.sock");
        await LinkAsync(left, _endPoint.ToString());

        UnixSocketFile.RemoveStale(_endPoint);

        Assert.False(File.Exists(_endPoint.ToString()));
        Assert.True(File.Exists(left));
    }

    internal static async Task LinkAsync(string existing, string name)
    {
        using System.Diagnostics.Process made = System.Diagnostics.Process.Start("ln", [existing, name]);
        await made.WaitForExitAsync();
        Assert.Equal(0, made.ExitCode);
    }

    // Moved while it is open: .NET removes the file of its own sockets when they are closed.
    private string LeaveSocket(string name)
    {
        string left = Path.Combine(_folder, name);
        using Socket gone = NewSocket();
        gone.Bind(_endPoint);
        gone.Listen(1);
        File.Move(_endPoint.ToString(), left);
        return left;
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
