using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AotChat.Generators.Tests;

/// <summary>Files that are compiled against the server itself, as if they stood among its own.</summary>
internal static class ServerProject
{
    // The name of an assembly that the server lets see its internals.
    private const string Friend = "AotChat.Tests";

    /// <summary>What the generators and the compiler say of a file, warnings included.</summary>
    public static IReadOnlyList<Diagnostic> Compile(string file)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            Friend,
            [
                // The server's own come from its sources, as the partial class does that generated code completes.
                CSharpSyntaxTree.ParseText(Project.GlobalUsings, Project.ParseOptions),
                Source("GlobalUsings.cs"),
                Source("Commands/CommandHooks.cs"),
                CSharpSyntaxTree.ParseText(file, Project.ParseOptions, "Draft.cs", Encoding.UTF8),
            ],
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
                // The dispatcher that is generated here stands in front of the server's own.
                .WithSpecificDiagnosticOptions([new("CS0436", ReportDiagnostic.Suppress)]));
        CSharpGeneratorDriver.Create([new CommandGenerator().AsSourceGenerator(), new JobGenerator().AsSourceGenerator(), new HookGenerator().AsSourceGenerator()], parseOptions: Project.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation whole, out var problems);
        return [.. problems, .. whole.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
    }

    private static SyntaxTree Source(string path, [CallerFilePath] string here = "") => CSharpSyntaxTree.ParseText(
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "AotChat", path)), Project.ParseOptions, path, Encoding.UTF8);

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || name == "aotchat.dll"))
            .Select(path => MetadataReference.CreateFromFile(path));
}
