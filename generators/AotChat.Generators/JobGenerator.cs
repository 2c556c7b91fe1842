using AotChat.Generators.Diagnostics;
using AotChat.Generators.Emit;
using AotChat.Generators.Incremental;
using AotChat.Generators.Models;
using AotChat.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators;

/// <summary>
/// Writes both ends of every method with <c>[Job]</c>: <c>JobStubs</c>, which commands call in the server, and
/// <c>JobTable</c>, which runs it in a worker; and <c>JobCodec</c>, how their own types cross the pipe in between.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class JobGenerator : IIncrementalGenerator
{
    // Jobs have no aliases.
    private static readonly NameRules Names = new(Descriptors.DuplicateJob, Descriptors.DuplicateJob, Descriptors.DuplicateJob);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
        Pipeline.Register(context, "AotChat.Jobs.JobAttribute", JobParser.Parse, Names),
        static (output, jobs) =>
        {
            PayloadCode payloads = new(jobs);
            output.AddSource("JobStubs.g.cs", JobStubsEmitter.Emit(jobs, payloads));
            output.AddSource("JobTable.g.cs", JobTableEmitter.Emit(jobs, payloads));
            if (payloads.Codecs.Count > 0)
            {
                output.AddSource("JobCodec.g.cs", JobCodecEmitter.Emit(payloads, Suppression.Of(jobs)));
            }
        });
}
