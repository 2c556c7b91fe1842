using System.Net;
using AotChat.Loop;
using AotChat.Transport;

namespace AotChat.Tests.Simulation;

/// <summary>A place where nobody arrives but whom the test sends, and where accepting fails as it wants.</summary>
internal sealed class ScriptedAcceptor(SimulatedPoller poller) : ISocketFactory, IAcceptor
{
    private readonly Queue<(AcceptStatus Status, SimulatedTransport? Transport)> _next = [];

    public EndPoint EndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 1235);

    /// <summary>Whether newcomers are reported.</summary>
    public bool IsWatched { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>How many wait, failures included.</summary>
    public int Waiting => _next.Count;

    /// <summary>Somebody connects.</summary>
    public SimulatedTransport Arrive()
    {
        SimulatedTransport transport = new(poller);
        _next.Enqueue((AcceptStatus.Accepted, transport));
        return transport;
    }

    /// <summary>The next attempt to accept ends like this.</summary>
    public void Fail(AcceptStatus status) => _next.Enqueue((status, null));

    public IAcceptor Listen(EndPoint endPoint, int backlog, KeepAlive keepAlive) => this;

    public void Attach(LoopToken token) => IsWatched = true;

    public void Watch(bool isOpen) => IsWatched = isOpen;

    public AcceptStatus Accept(out ITransport? transport, out PeerAddress peer, out string error)
    {
        peer = PeerAddress.Local;
        transport = null;
        error = "scripted";
        if (!_next.TryDequeue(out (AcceptStatus Status, SimulatedTransport? Transport) next))
        {
            return AcceptStatus.Nobody;
        }

        transport = next.Transport;
        return next.Status;
    }

    public string? RemoveFile() => null;

    public void Dispose() => IsDisposed = true;
}
