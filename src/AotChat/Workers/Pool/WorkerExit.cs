using System.Globalization;

namespace AotChat.Workers.Pool;

/// <summary>How a worker process ended.</summary>
internal sealed record WorkerExit
{
    private readonly string _text;

    private WorkerExit(string text) => _text = text;

    /// <summary>It was never there: the reason.</summary>
    /// <param name="reason">Why not, and what is missing.</param>
    /// <param name="isLasting">Whether another try in a moment would end in the same way.</param>
    public static WorkerExit NotStarted(string reason, bool isLasting = false) => new(reason) { IsNotStarted = true, IsLasting = isLasting };

    /// <summary>By itself, with this code.</summary>
    public static WorkerExit WithCode(int code) => new(code == WorkerContract.OutOfMemory
        ? "out of memory"
        : string.Create(CultureInfo.InvariantCulture, $"exit code {code}"));

    /// <summary>By a signal of this number (signal(7)).</summary>
    public static WorkerExit BySignal(int signal) => new(string.Create(CultureInfo.InvariantCulture, $"killed by signal {signal}{NameOf(signal)}"));

    /// <summary>It was ended for this reason.</summary>
    public static WorkerExit Because(string reason) => new(reason);

    /// <summary>Whether there was never a process.</summary>
    public bool IsNotStarted { get; private init; }

    /// <summary>Whether the reason for that is there to stay.</summary>
    public bool IsLasting { get; private init; }

    /// <summary>For the log.</summary>
    public override string ToString() => _text;

    private static string NameOf(int signal) => signal switch
    {
        4 => " (SIGILL)",
        6 => " (SIGABRT)",
        7 => " (SIGBUS)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV)",
        15 => " (SIGTERM)",
        _ => "",
    };
}
