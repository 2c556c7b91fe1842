namespace AotChat.Loop;

/// <summary>One answer of a poller: what is registered under this token is ready.</summary>
internal readonly record struct PollEvent(LoopToken Token, Readiness Readiness);
