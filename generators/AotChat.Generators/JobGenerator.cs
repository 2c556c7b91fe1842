using AotChat.Generators.Diagnostics;
using AotChat.Generators.Emit;
using AotChat.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators;

/// <summary>
/// Writes both ends of every method with <c>[Job]</c>: <c>JobStubs</c>, which commands call in the server, and
/// <c>JobTable</c>, which runs it in a worker.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class JobGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) => Pipeline.Register(
        context,
        JobParser.Attribute,
        JobParser.Parse,
        Descriptors.DuplicateJob,
        static (output, jobs) =>
        {
            output.AddSource("JobStubs.g.cs", JobStubsEmitter.Emit(jobs));
            output.AddSource("JobTable.g.cs", JobTableEmitter.Emit(jobs));
        });
}
