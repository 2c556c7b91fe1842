using AotChat.Loop;
using AotChat.Transport;

namespace AotChat.Protocols.Terminal;

/// <summary>What one session waits for. A mutable structure that belongs to its session.</summary>
internal struct SessionWatch
{
    /// <summary>What every session waits for at first.</summary>
    public const Readiness AtFirst = Readiness.Readable;

    private Readiness _interest = AtFirst;
    private bool _isUnwatched;

    public SessionWatch()
    {
    }

    /// <summary>Waits for something else from now on.</summary>
    /// <param name="transport">The way to the peer.</param>
    /// <param name="interest">What is waited for.</param>
    /// <param name="isHungUp">Whether the peer has hung up, which would be reported at every turn though nothing is waited for.</param>
    public void Change(ITransport transport, Readiness interest, bool isHungUp)
    {
        bool isUnwatched = isHungUp && interest == Readiness.None;
        if (isUnwatched && !_isUnwatched)
        {
            transport.Unwatch();
        }
        else if (interest != _interest || isUnwatched != _isUnwatched)
        {
            transport.Watch(interest);
        }

        _interest = interest;
        _isUnwatched = isUnwatched;
    }
}
