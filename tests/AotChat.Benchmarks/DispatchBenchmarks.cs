using System.Text;
using AotChat.Commands;
using BenchmarkDotNet.Attributes;

namespace AotChat.Benchmarks;

/// <summary>From a line's bytes to the call of the command with its arguments: generated, by hand, and by a dictionary.</summary>
[MemoryDiagnoser]
public class DispatchBenchmarks
{
    private readonly CommandContext _context = new();
    private byte[] _line = [];

    /// <summary>What was typed.</summary>
    [Params("w", "msg u1001 hello there", "broadcast hello all")]
    public string Line { get; set; } = "";

    /// <summary>As it lies in the receive buffer.</summary>
    [GlobalSetup]
    public void Encode() => _line = Encoding.UTF8.GetBytes(Line);

    /// <summary>What was not understood was not measured.</summary>
    [GlobalCleanup]
    public void Check()
    {
        if (_context.Refusals > 0 || _context.Count == 0)
        {
            throw new InvalidOperationException($"'{Line}' was not run.");
        }
    }

    /// <summary>The best that a person could do.</summary>
    [Benchmark(Baseline = true)]
    public bool HandWritten() => IsDone(HandWrittenDispatcher.DispatchAsync(_context, _line));

    /// <summary>What the generator wrote.</summary>
    [Benchmark]
    public bool Generated() => IsDone(CommandDispatcher.DispatchAsync(_context, _line));

    /// <summary>What is usual.</summary>
    [Benchmark]
    public bool DictionaryOfDelegates() => IsDone(DelegateDispatcher.DispatchAsync(_context, _line));

    private static bool IsDone(ValueTask command) => command.IsCompletedSuccessfully;
}
