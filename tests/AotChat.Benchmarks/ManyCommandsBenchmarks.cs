using System.Text;
using BenchmarkDotNet.Attributes;

namespace AotChat.Benchmarks;

/// <summary>Whether it matters how many commands there are.</summary>
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
        _lines = [.. SyntheticProject.NamesOf(Typed).Select(name => Encoding.UTF8.GetBytes(name + " u1001 hello there"))];
    }

    /// <summary>The same five of them.</summary>
    [Benchmark(OperationsPerInvoke = Typed)]
    public long Dispatch() => _run(_lines);
}
