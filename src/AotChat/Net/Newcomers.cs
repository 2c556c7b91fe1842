using AotChat.Configuration;
using AotChat.Loop;
using AotChat.Transport;

namespace AotChat.Net;

/// <summary>
/// Those who have connected and not become users yet. Whoever says nothing becomes one after
/// <see cref="ChatOptions.WelcomeDelay"/>; whoever speaks first is looked at before. Owned by the event loop.
/// </summary>
internal sealed class Newcomers(ChatServer server)
{
    private readonly HashSet<Newcomer> _present = [];

    // In order of arrival. Those who did not wait for it are still in here.
    private readonly Queue<Newcomer> _waiting = [];
    private LoopTimer? _timer;

    /// <summary>How many there are.</summary>
    public int Count => _present.Count;

    /// <summary>Takes somebody in who was admitted.</summary>
    public void Add(ITransport transport, ConnectionOrigin origin, ReadOnlySpan<byte> early)
    {
        Newcomer newcomer = new(server, this, transport, origin);
        try
        {
            _present.Add(newcomer);
            _waiting.Enqueue(newcomer);
            ScheduleNext();
        }
        catch
        {
            newcomer.Leave();
            throw;
        }

        if (!early.IsEmpty)
        {
            newcomer.Begin(early);
        }
    }

    /// <summary>Ends all of them: the server stops.</summary>
    public void Close()
    {
        foreach (Newcomer newcomer in _present.ToArray())
        {
            try
            {
                newcomer.Close();
            }
            catch (Exception exception)
            {
                LoopLog.CallbackFailed(server.Logger, exception);
            }
        }
    }

    internal void Remove(Newcomer newcomer) => _present.Remove(newcomer);

    // One timer for all who come at about the same time.
    private void ScheduleNext()
    {
        if (_timer is null && _waiting.TryPeek(out Newcomer? next))
        {
            _timer = server.Loop.Schedule(ChatOptions.WelcomeDelay - server.Loop.Time.GetElapsedTime(next.Since), WelcomeDue);
        }
    }

    private void WelcomeDue()
    {
        _timer = null;
        long now = server.Loop.Time.GetTimestamp();
        while (_waiting.TryPeek(out Newcomer? next) && server.Loop.Time.GetElapsedTime(next.Since, now) >= ChatOptions.WelcomeDelay)
        {
            _waiting.Dequeue();
            next.Welcome();
        }

        ScheduleNext();
    }
}
