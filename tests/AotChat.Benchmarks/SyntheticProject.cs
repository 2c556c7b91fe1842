using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using AotChat.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace AotChat.Benchmarks;

/// <summary>A project in memory with so many commands, as an editor would hold it.</summary>
internal sealed class SyntheticProject
{
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.IO;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private const string Runner = """
        namespace AotChat.Benchmarks;

        public static class Runner
        {
            private static readonly AotChat.Commands.CommandContext Context = new();

            public static long Run(byte[][] lines)
            {
                foreach (byte[] line in lines)
                {
                    _ = AotChat.Commands.CommandDispatcher.DispatchAsync(Context, line);
                }

                return Context.Refusals == 0 ? Context.Count : throw new InvalidOperationException("A line was not run.");
            }
        }
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Parse);

    private readonly int _commandsPerFile;

    public SyntheticProject(int commands, int commandsPerFile)
    {
        _commandsPerFile = commandsPerFile;
        string[] names = NamesOf(commands);
        Compilation = CSharpCompilation.Create(
            "Synthetic",
            [
                .. ReadContract(),
                Parse(Runner, "Runner.cs"),
                .. names.Chunk(commandsPerFile).Select((chunk, i) => Parse(FileOf(i, chunk), PathOf(i))),
            ],
            References(),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        Driver = CSharpGeneratorDriver.Create(
            [new CommandGenerator().AsSourceGenerator(), new JobGenerator().AsSourceGenerator()], parseOptions: ParseOptions);
        Driver = Driver.RunGenerators(Compilation);
    }

    /// <summary>The sources without what is generated.</summary>
    public Compilation Compilation { get; private set; }

    /// <summary>The driver after its last run.</summary>
    public GeneratorDriver Driver { get; private set; }

    /// <summary>The commands' names: of 3 to 12 letters, in no order; of more commands the first ones are the same.</summary>
    public static string[] NamesOf(int commands)
    {
        Random random = new(2024);
        HashSet<string> names = [];
        while (names.Count < commands)
        {
            names.Add(new string([.. Enumerable.Range(0, random.Next(3, 13)).Select(_ => (char)('a' + random.Next(26)))]));
        }

        return [.. names];
    }

    /// <summary>Replaces text in a file, as a key stroke does.</summary>
    public void Edit(int file, string old, string text)
    {
        SyntaxTree tree = Compilation.SyntaxTrees.Single(candidate => candidate.FilePath == PathOf(file));
        string source = tree.GetText().ToString();
        Compilation = Compilation.ReplaceSyntaxTree(tree, Parse(source.Replace(old, text, StringComparison.Ordinal), tree.FilePath));
    }

    /// <summary>Runs the generators on what has become of it.</summary>
    public void Generate() => Driver = Driver.RunGenerators(Compilation);

    /// <summary>Compiles and loads it; returns the way in.</summary>
    public Func<byte[][], long> Load()
    {
        using MemoryStream image = new();
        EmitResult result = Compilation.AddSyntaxTrees(Driver.GetRunResult().GeneratedTrees).Emit(image);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error)));
        }

        image.Position = 0;
        Assembly assembly = new AssemblyLoadContext(null).LoadFromStream(image);
        return assembly.GetType("AotChat.Benchmarks.Runner")!.GetMethod("Run")!.CreateDelegate<Func<byte[][], long>>();
    }

    private static string PathOf(int file) => $"Commands{file}.cs";

    private string FileOf(int file, string[] names)
    {
        StringBuilder text = new($$"""
            using AotChat.Chat;
            using AotChat.Commands;

            namespace AotChat.Benchmarks;

            internal static class Commands{{file}}
            {
                private const int Weight = 1;

            """);
        for (int i = 0; i < names.Length; i++)
        {
            text.Append($$"""

                    /// <summary>Does number {{(file * _commandsPerFile) + i}}: sends TEXT to <paramref name="recipient"/>.</summary>
                    [Command("{{names[i]}}", Category = "Synthetic")]
                    internal static void Command{{i}}(CommandContext context, User recipient, [Rest] ReadOnlySpan<byte> text)
                    {
                        int length = recipient.Name.Length + text.Length;
                        if (length > {{i}})
                        {
                            context.Count += length * Weight;
                        }
                    }

                """);
        }

        return text.Append("}\n").ToString();
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, ParseOptions, path, Encoding.UTF8);

    private static IEnumerable<SyntaxTree> ReadContract()
    {
        yield return Parse(GlobalUsings, "GlobalUsings.cs");
        Assembly assembly = typeof(SyntheticProject).Assembly;
        foreach (string name in assembly.GetManifestResourceNames())
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            yield return Parse(reader.ReadToEnd(), name);
        }
    }

    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
        .Select(path => MetadataReference.CreateFromFile(path));
}
