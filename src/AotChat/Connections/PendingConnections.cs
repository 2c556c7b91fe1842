using AotChat.Configuration;
using AotChat.Loop;
using Microsoft.Extensions.Logging;

namespace AotChat.Connections;

/// <summary>
/// The connections whose protocol is not known yet. A client that says nothing gets the default protocol after
/// <see cref="ChatOptions.WelcomeDelay"/>; what a client sends before that is looked at. Owned by the event loop.
/// </summary>
internal sealed class PendingConnections(EventLoop loop, ProtocolList protocols, int mostBytes, ILogger logger)
{
    private readonly HashSet<PendingConnection> _present = [];

    // In order of arrival. Connections that spoke earlier are still in here.
    private readonly Queue<PendingConnection> _waiting = [];
    private readonly byte[] _first = new byte[mostBytes + 2];
    private LoopTimer? _timer;

    internal EventLoop Loop => loop;

    internal ProtocolList Protocols => protocols;

    internal ILogger Logger => logger;

    /// <summary>Where first bytes are looked at.</summary>
    internal byte[] First => _first;

    /// <summary>Takes a connection that was admitted.</summary>
    public void Add(Connection connection)
    {
        PendingConnection pending = new(this, connection);
        try
        {
            _present.Add(pending);
            _waiting.Enqueue(pending);
            ScheduleNext();
        }
        catch
        {
            pending.Leave();
            throw;
        }
    }

    /// <summary>Closes all of them: the server stops.</summary>
    public void Close()
    {
        foreach (PendingConnection pending in _present.ToArray())
        {
            pending.Close();
        }
    }

    internal void Remove(PendingConnection pending) => _present.Remove(pending);

    // One timer for all that come at about the same time.
    private void ScheduleNext()
    {
        if (_timer is null && _waiting.TryPeek(out PendingConnection? next))
        {
            _timer = loop.Schedule(ChatOptions.WelcomeDelay - loop.Time.GetElapsedTime(next.Since), ServeDue);
        }
    }

    private void ServeDue()
    {
        _timer = null;
        long now = loop.Time.GetTimestamp();
        while (_waiting.TryPeek(out PendingConnection? next) && loop.Time.GetElapsedTime(next.Since, now) >= ChatOptions.WelcomeDelay)
        {
            _waiting.Dequeue();
            next.ServeNow();
        }

        ScheduleNext();
    }
}
