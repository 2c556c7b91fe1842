namespace AotChat.Jobs;

/// <summary>How to compute a Fibonacci number.</summary>
internal enum FibonacciPace
{
    /// <summary>By doubling.</summary>
    Fast,

    /// <summary>By naive recursion, as the definition has it.</summary>
    Slow,
}
