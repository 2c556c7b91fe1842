using AotChat.Native;

namespace AotChat;

/// <summary>Says in a sentence why the server could not start, where something failed that nobody had reckoned with.</summary>
internal static class StartFailure
{
    // ENOMEM.
    private const int NoMemory = 12;

    private const string Limits = "the limit on memory (ulimit -d, ulimit -v) or on processes and threads (ulimit -u) is too low";

    /// <summary>The sentence; with the stack below it for debugging.</summary>
    public static string Describe(Exception exception, bool withStack)
    {
        Exception cause = exception;
        while (cause is TypeInitializationException { InnerException: { } inner })
        {
            cause = inner;
        }

        // .NET has no words for a thread that can't be started, and the wrong ones for EAGAIN.
        bool isShortOfMemory = cause is OutOfMemoryException or IOException { HResult: NoMemory or FileCalls.WouldBlock };
        string sentence = isShortOfMemory
            ? $"aotchat: not enough memory to start: {Limits}"
            : $"aotchat: cannot start: {cause.Message.ReplaceLineEndings(" ")}";
        return withStack ? $"{sentence}\n{exception}" : sentence;
    }
}
