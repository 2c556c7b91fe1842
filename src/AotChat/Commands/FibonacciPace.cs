namespace AotChat.Commands;

/// <summary>How <c>fib</c> is asked to compute, other than as fast as it can.</summary>
internal enum FibonacciPace
{
    /// <summary>By naive recursion.</summary>
    Slow,
}
