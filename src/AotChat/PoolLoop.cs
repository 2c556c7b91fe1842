using AotChat.Loop;
using AotChat.Workers.Pool;

namespace AotChat;

/// <summary>The event loop as the pool of workers sees it.</summary>
/// <param name="loop">The loop.</param>
/// <param name="poller">Watches the pipes of workers; null where the system offers no such thing.</param>
internal sealed class PoolLoop(EventLoop loop, EpollPoller? poller) : IPoolLoop
{
    /// <inheritdoc/>
    public TimeProvider Time => loop.Time;

    /// <inheritdoc/>
    public void Post(SendOrPostCallback callback, object? state) => loop.Post(callback, state);

    /// <inheritdoc/>
    public void Schedule(TimeSpan delay, Action callback) => loop.Schedule(delay, callback);

    /// <inheritdoc/>
    public IDisposable Watch(int descriptor, Action onReadable)
    {
        DescriptorWatch watch = new(loop, onReadable);
        (poller ?? throw new PlatformNotSupportedException()).Add(descriptor, watch.Token, Readiness.Readable);
        return watch;
    }

    /// <summary>Closing the descriptor, which follows, ends the watch in the kernel.</summary>
    private sealed class DescriptorWatch : IReadyHandler, IDisposable
    {
        private readonly EventLoop _loop;
        private readonly Action _onReadable;

        public DescriptorWatch(EventLoop loop, Action onReadable)
        {
            _loop = loop;
            _onReadable = onReadable;
            Token = loop.Register(this);
        }

        public LoopToken Token { get; }

        public void OnReady(Readiness readiness) => _onReadable();

        public void Dispose() => _loop.Unregister(Token);
    }
}
