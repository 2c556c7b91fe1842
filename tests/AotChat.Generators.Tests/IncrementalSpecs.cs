using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using AotChat.Generators.Incremental;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Tests;

/// <summary>What an edit costs: the generator runs at every key stroke.</summary>
public sealed class IncrementalSpecs
{
    private static readonly string Source = Project.Commands("""
        /// <summary>Talks.</summary>
        [Command("talk")]
        internal static void Talk(CommandContext context, int n) => context.Log.Add("talk");

        /// <summary>Walks.</summary>
        [Command("walk")]
        internal static void Walk(CommandContext context) => context.Log.Add("walk");

        [Job]
        internal static int Work(int n) => n;
        """);

    [Fact]
    public void A_changed_body_writes_nothing_anew()
    {
        Project edited = Project.Create(Source).Edit(0, Source.Replace("Add(\"talk\")", "Add(\"talked\")", StringComparison.Ordinal));

        AssertOutputsAre(edited, IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void A_method_that_moves_writes_nothing_anew()
    {
        Project edited = Project.Create(Source).Edit(0, "// A line more.\n" + Source);

        AssertOutputsAre(edited, IncrementalStepRunReason.Cached);
        Assert.All(ReasonsOf(edited, Pipeline.Models), AssertIsOld);
    }

    [Fact]
    public void An_unrelated_file_writes_nothing_anew()
    {
        Project edited = Project.Create(Source).Add("class Unrelated;");

        AssertOutputsAre(edited, IncrementalStepRunReason.Cached);
        Assert.All(ReasonsOf(edited, Pipeline.Parsed), AssertIsOld);
    }

    [Fact]
    public void A_changed_signature_of_a_command_writes_the_dispatcher_anew_and_no_job()
    {
        Project edited = Project.Create(Source).Edit(0, Source.Replace("context, int n) => context", "context, string n) => context", StringComparison.Ordinal));

        Assert.Single(ReasonsOf(edited, Pipeline.Model, generator: 0), IncrementalStepRunReason.Modified);
        Assert.All(ReasonsOf(edited, Pipeline.Model, generator: 1), AssertIsOld);
        Assert.Equal(IncrementalStepRunReason.Modified, Assert.Single(ReasonsOf(edited, Pipeline.Models, generator: 0)));
        AssertIsOld(Assert.Single(ReasonsOf(edited, Pipeline.Models, generator: 1)));
        Assert.Contains("ArgumentParser.Text(nWord)", edited.Generated("CommandDispatcher.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_problem_follows_the_method_that_moves()
    {
        string source = Project.Commands("""[Command("talk")] internal static void Talk(CommandContext context) { }""");
        Project edited = Project.Create(source).Edit(0, "// A line more.\n" + source);

        Location location = Assert.Single(edited.Diagnostics).Location;
        Assert.Equal("Talk", location.SourceTree!.GetText().ToString(location.SourceSpan));
        AssertOutputsAre(edited, IncrementalStepRunReason.Cached);
    }

    [Fact]
    public void The_order_of_files_does_not_matter()
    {
        string other = Project.Commands("""
            /// <summary>Asks.</summary>
            [Command("ask")] internal static void Ask(CommandContext context) { }
            """).Replace("class Commands", "class Others", StringComparison.Ordinal);

        Assert.Equal(
            Project.Create(Source, other).Generated("CommandDispatcher.g.cs"),
            Project.Create(other, Source).Generated("CommandDispatcher.g.cs"));
    }

    [Fact]
    public void No_step_holds_on_to_the_compilation()
    {
        GeneratorDriverRunResult result = Project.Create(Source).Driver.GetRunResult();
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        foreach (string step in new[] { Pipeline.Parsed, Pipeline.Model, Pipeline.Models, Pipeline.Problems })
        {
            foreach (GeneratorRunResult run in result.Results)
            {
                foreach ((object value, _) in run.TrackedSteps[step].SelectMany(tracked => tracked.Outputs))
                {
                    AssertHoldsNoSymbols(value, seen);
                }
            }
        }

        Assert.NotEmpty(seen);
    }

    private static void AssertHoldsNoSymbols(object? value, HashSet<object> seen)
    {
        if (value is null or string or DiagnosticDescriptor || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
        {
            return;
        }

        Assert.False(value is ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or Compilation or SemanticModel or Location, value.GetType().FullName);
        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                AssertHoldsNoSymbols(item, seen);
            }
        }

        foreach (FieldInfo field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            AssertHoldsNoSymbols(field.GetValue(value), seen);
        }
    }

    private static void AssertIsOld(IncrementalStepRunReason reason) =>
        Assert.Contains(reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged });

    private static void AssertOutputsAre(Project project, IncrementalStepRunReason expected)
    {
        foreach (GeneratorRunResult run in project.Driver.GetRunResult().Results)
        {
            // The other output step is the diagnostics, which do follow the text.
            IncrementalGeneratorRunStep source = run.TrackedOutputSteps.SelectMany(step => step.Value)
                .First(step => step.Inputs.Any(input => input.Source.Name == Pipeline.Models));
            Assert.All(source.Outputs, output => Assert.Equal(expected, output.Reason));
        }
    }

    private static ImmutableArray<IncrementalStepRunReason> ReasonsOf(Project project, string step, int? generator = null) =>
    [
        .. project.Driver.GetRunResult().Results
            .Where((_, i) => generator is null || i == generator)
            .SelectMany(run => run.TrackedSteps[step])
            .SelectMany(tracked => tracked.Outputs)
            .Select(output => output.Reason),
    ];
}
