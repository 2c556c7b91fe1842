using AotChat.Chat;
using AotChat.Loop;

namespace AotChat.Protocols.Terminal;

/// <summary>Lets commands do things later on the event loop, which they do not know.</summary>
internal sealed class LoopScheduler(EventLoop loop) : IScheduler
{
    public IDisposable Schedule(TimeSpan delay, Action callback) => loop.Schedule(delay, callback);
}
