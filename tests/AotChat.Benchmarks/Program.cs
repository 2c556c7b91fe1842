using AotChat.Benchmarks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

if (args is ["edit"])
{
    return EditShare.Print() ? 0 : 1;
}

if (args is ["ratio"])
{
    return DispatchRatio.Print() ? 0 : 1;
}

// In this process: a project of its own for each run would have to be restored, and would not find the generator.
ManualConfig config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.Default
        .WithToolchain(InProcessEmitToolchain.Instance)
        .WithWarmupCount(8)
        .WithIterationCount(15)
        .WithIterationTime(TimeInterval.FromMilliseconds(200)))
    .WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
BenchmarkSwitcher.FromAssembly(typeof(EditShare).Assembly).Run(args, config);
return 0;
