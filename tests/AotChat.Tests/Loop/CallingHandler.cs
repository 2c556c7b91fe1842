using AotChat.Loop;

namespace AotChat.Tests.Loop;

/// <summary>Calls what it was given.</summary>
internal sealed class CallingHandler(Action handle) : IReadyHandler
{
    public void OnReady(Readiness readiness) => handle();
}
