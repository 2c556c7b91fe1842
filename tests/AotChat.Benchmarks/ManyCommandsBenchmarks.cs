using System.Text;
using BenchmarkDotNet.Attributes;

namespace AotChat.Benchmarks;

/// <summary>Whether the number of commands matters: each is typed once.</summary>
[MemoryDiagnoser]
public class ManyCommandsBenchmarks
{
    private const int Typed = 5;

    private Func<byte[][], long> _run = _ => 0;
    private byte[][] _lines = [];

    /// <summary>How many there are.</summary>
    [Params(5, 50, 500)]
    public int Commands { get; set; }

    /// <summary>Compiles so many.</summary>
    [GlobalSetup]
    public void Compile()
    {
        SyntheticProject project = new(Commands, commandsPerFile: 50);
        _run = project.Load();
        string[] names = SyntheticProject.NamesOf(Commands);
        _lines = [.. Enumerable.Range(0, Typed).Select(i => Encoding.UTF8.GetBytes($"{names[i * Commands / Typed]} u1001 hello there"))];
    }

    /// <summary>Five of them, spread over all.</summary>
    [Benchmark(OperationsPerInvoke = Typed)]
    public long Dispatch() => _run(_lines);
}
