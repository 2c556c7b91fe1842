using System.Net.Sockets;
using System.Runtime.Versioning;
using AotChat.Configuration;
using AotChat.Connections;
using AotChat.Loop;
using AotChat.Native;
using AotChat.Tests.Simulation;
using AotChat.Transport;

namespace AotChat.Tests.Transport;

/// <summary>The server removes the file of its own socket, and nothing else that lies at the path.</summary>
[SupportedOSPlatform("linux")]
public sealed class SocketFileRemovalSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aotchat-").FullName;
    private readonly EpollPoller _poller = new();
    private readonly RecordingLogger _log = new();
    private readonly EventLoop _loop;

    public SocketFileRemovalSpecs() => _loop = new EventLoop(_poller, TimeProvider.System, _log);

    private string SocketPath => Path.Combine(_folder, "chat.sock");

    public void Dispose()
    {
        _loop.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void A_listener_that_ends_removes_the_file_of_its_socket()
    {
        Listen().Dispose();

        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public void Files_that_the_server_makes_later_have_the_mode_that_they_had_before()
    {
        // As umask 022 has it; it belongs to the whole process.
        const uint Mask = 0x12;
        uint before = FileCalls.SetMask(Mask);
        try
        {
            using Listener listener = Listen();
        }
        finally
        {
            before = FileCalls.SetMask(before);
        }

        Assert.Equal(Mask, before);
    }

    [Fact]
    public void The_socket_of_another_server_at_the_same_path_is_left()
    {
        Listener old = Listen();
        File.Delete(SocketPath);
        using Listener current = Listen();

        old.Dispose();

        using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(SocketPath));
    }

    [Fact]
    public void An_ordinary_file_that_somebody_put_there_is_left()
    {
        Listener listener = Listen();
        File.Delete(SocketPath);
        File.WriteAllText(SocketPath, "precious");

        listener.Dispose();

        Assert.Equal("precious", File.ReadAllText(SocketPath));
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public void A_symbolic_link_in_place_of_the_file_is_left_and_so_is_its_target()
    {
        Listener listener = Listen();
        string moved = Path.Combine(_folder, "moved.sock");
        File.Move(SocketPath, moved);
        File.CreateSymbolicLink(SocketPath, moved);

        listener.Dispose();

        Assert.Equal(moved, new FileInfo(SocketPath).LinkTarget);
        Assert.True(File.Exists(moved));
    }

    [Fact]
    public async Task Another_name_of_the_socket_is_left()
    {
        Listener listener = Listen();
        string other = Path.Combine(_folder, "other.sock");
        await UnixSocketFileSpecs.LinkAsync(SocketPath, other);

        listener.Dispose();

        Assert.False(File.Exists(SocketPath));
        Assert.True(File.Exists(other));
    }

    [Fact]
    public async Task A_socket_file_is_removed_once()
    {
        UnixDomainSocketEndPoint endPoint = new(SocketPath);
        UnixSocketFile file = UnixSocketFile.Claim(endPoint, () => File.WriteAllText(SocketPath, "ours"));
        string other = Path.Combine(_folder, "other.sock");
        await UnixSocketFileSpecs.LinkAsync(SocketPath, other);
        Assert.Null(file.Remove());
        File.Move(other, SocketPath);

        // It is the same file, and somebody else has put it there.
        Assert.Null(file.Remove());
        Assert.True(File.Exists(SocketPath));
    }

    [Fact]
    public void A_directory_in_place_of_the_file_is_left()
    {
        Listener listener = Listen();
        File.Delete(SocketPath);
        Directory.CreateDirectory(SocketPath);

        listener.Dispose();

        Assert.True(Directory.Exists(SocketPath));
    }

    [Fact]
    public void A_folder_that_is_gone_does_not_matter()
    {
        Listener listener = Listen();
        Directory.Delete(_folder, recursive: true);

        listener.Dispose();

        Assert.Empty(_log.Entries);
        Assert.Equal(0, _loop.HandlerCount);
    }

    [Fact]
    public void A_socket_that_cannot_be_listened_on_leaves_no_file()
    {
        // The descriptor for the socket is there, and the one that would watch it is not.
        _poller.Dispose();

        Assert.ThrowsAny<Exception>(Listen);

        Assert.False(File.Exists(SocketPath));
    }

    private Listener Listen() => new(
        _loop, new EpollSocketFactory(_poller), new UnixDomainSocketEndPoint(SocketPath), new ChatOptions(), static (transport, _) => transport.Close(), _log);
}
