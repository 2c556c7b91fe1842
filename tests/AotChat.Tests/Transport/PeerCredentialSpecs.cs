using System.Net.Sockets;
using System.Runtime.Versioning;
using AotChat.Loop;
using AotChat.Native;
using AotChat.Transport;

namespace AotChat.Tests.Transport;

/// <summary>Who connects over a Unix socket, on a real one.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PeerCredentialSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aotchat-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_peer_that_is_the_same_user_is_the_host_and_its_number_is_known()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        UnixDomainSocketEndPoint endPoint = new(Path.Combine(_folder, "chat.sock"));
        using EpollPoller poller = new();
        using DescriptorAcceptor acceptor = new(poller, endPoint, 1, new KeepAlive(0, 1, 1));
        using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(endPoint);

        Assert.Equal(AcceptStatus.Accepted, acceptor.Accept(out ITransport? transport, out PeerAddress peer, out _));

        Assert.Equal((UserCalls.EffectiveUser(), true, true), (peer.LocalUser, peer.IsHost, peer.IsThisMachine));
        Assert.Equal("unix", peer.ToString());
        transport!.Close();
        acceptor.RemoveFile();
    }

    [Fact]
    public void Nobody_else_is()
    {
        Assert.False(PeerAddress.Local.IsHost);
        Assert.Null(PeerAddress.Local.LocalUser);
        Assert.False(PeerAddress.FromLocalUser(1001, isHost: false).IsHost);
        Assert.Equal(0u, PeerAddress.FromLocalUser(0, isHost: true).LocalUser);
        Assert.False(PeerAddress.FromV4([127, 0, 0, 1], 1).IsHost);
    }
}
