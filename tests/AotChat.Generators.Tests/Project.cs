using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace AotChat.Generators.Tests;

/// <summary>A project in memory: the contract that generated code relies on, and the files of a test.</summary>
internal sealed class Project
{
    /// <summary>Those of the SDK.</summary>
    internal const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    internal static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Parse);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly SyntaxTree[] Contract = [.. ReadContract()];

    private Project(Compilation compilation, GeneratorDriver driver)
    {
        Compilation = compilation;
        Driver = driver;
    }

    /// <summary>The sources without what is generated.</summary>
    public Compilation Compilation { get; }

    /// <summary>The driver after its last run.</summary>
    public GeneratorDriver Driver { get; }

    /// <summary>Compiles files, named File0.cs and so on, and runs both generators.</summary>
    public static Project Create(params string[] files) => CreateNamed([.. files.Select((file, i) => ($"File{i}.cs", file))]);

    /// <summary>Compiles files in the given order and runs both generators.</summary>
    public static Project CreateNamed(params (string Path, string Text)[] files)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Test",
            [.. Contract, .. files.Select(file => Parse(file.Text, file.Path))],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new CommandGenerator().AsSourceGenerator(), new JobGenerator().AsSourceGenerator(), new HookGenerator().AsSourceGenerator()],
            parseOptions: ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return new Project(compilation, driver.RunGenerators(compilation));
    }

    /// <summary>The file in commands that a test gives: usings and a static class around members.</summary>
    public static string Commands(string members) => $$"""
        using AotChat.Chat;
        using AotChat.Commands;
        using AotChat.Jobs;

        namespace Sample;

        public static class Commands
        {
        {{members}}
        }
        """;

    /// <summary>Replaces one file and runs the same driver again.</summary>
    public Project Edit(int file, string text)
    {
        SyntaxTree old = Compilation.SyntaxTrees.Single(tree => tree.FilePath == $"File{file}.cs");
        Compilation edited = Compilation.ReplaceSyntaxTree(old, Parse(text, old.FilePath));
        return new Project(edited, Driver.RunGenerators(edited));
    }

    /// <summary>Adds a file and runs the same driver again.</summary>
    public Project Add(string text)
    {
        Compilation edited = Compilation.AddSyntaxTrees(Parse(text, "Added.cs"));
        return new Project(edited, Driver.RunGenerators(edited));
    }

    /// <summary>What the generators reported.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => Driver.GetRunResult().Diagnostics;

    /// <summary>The text of a generated file.</summary>
    public string Generated(string name) =>
        Driver.GetRunResult().GeneratedTrees.Single(tree => Path.GetFileName(tree.FilePath) == name).ToString();

    /// <summary>Errors and warnings of everything together.</summary>
    public IReadOnlyList<Diagnostic> CompilerDiagnostics() =>
        [.. WithGenerated().GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];

    /// <summary>The source at which a diagnostic points.</summary>
    public string TextAt(Diagnostic diagnostic)
    {
        Assert.True(Compilation.ContainsSyntaxTree(diagnostic.Location.SourceTree!));
        return diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);
    }

    /// <summary>Fails unless members of a class cause exactly one diagnostic, at that text, and build otherwise.</summary>
    public static Diagnostic AssertFlagged(string id, string flagged, string members, string beside = "")
    {
        // An instance member in a static class would be the compiler's own error.
        Project project = Create(Commands(members).Replace("static class Commands", "class Commands", StringComparison.Ordinal) + beside);
        Diagnostic diagnostic = Assert.Single(project.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(flagged, project.TextAt(diagnostic));
        Assert.Empty(project.CompilerDiagnostics());
        return diagnostic;
    }

    /// <summary>Compiles everything and loads it.</summary>
    public Assembly Load()
    {
        using MemoryStream image = new();
        EmitResult result = WithGenerated().Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(10)));
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
    }

    private Compilation WithGenerated() => Compilation.AddSyntaxTrees(Driver.GetRunResult().GeneratedTrees);

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text.ReplaceLineEndings("\n"), ParseOptions, path, Encoding.UTF8);

    private static IEnumerable<SyntaxTree> ReadContract()
    {
        yield return Parse(GlobalUsings, "GlobalUsings.cs");
        Assembly assembly = typeof(Project).Assembly;
        foreach (string name in assembly.GetManifestResourceNames())
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            yield return Parse(reader.ReadToEnd(), name);
        }
    }
}
