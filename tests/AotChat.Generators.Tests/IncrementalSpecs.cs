using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using AotChat.Generators.Incremental;
using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Tests;

/// <summary>What an edit costs: the generator runs at every key stroke.</summary>
public sealed class IncrementalSpecs
{
    private const int Commands = 0;
    private const int Jobs = 1;

    private static readonly string Source = Project.Commands("""
        /// <summary>Talks.</summary>
        [Command("talk")]
        internal static void Talk(CommandContext context, int n) => context.Log.Add("talk");

        /// <summary>Walks.</summary>
        [Command("walk")]
        internal static void Walk(CommandContext context) => context.Log.Add("walk");

        [OnSaid]
        internal static void Hear(CommandContext context, Room room, string text) => context.Log.Add("heard");

        [Job]
        internal static int Work(int n) => n;
        """);

    private static readonly string Others = Project.Commands("""
        /// <summary>Asks.</summary>
        [Command("ask")] internal static void Ask(CommandContext context, System.DayOfWeek day) { }
        """).Replace("class Commands", "class Others", StringComparison.Ordinal);

    [Theory]
    [InlineData("Add(\"talk\")", "Add(\"talked\")")]
    [InlineData("=> context.Log.Add(\"walk\");", "{ for (int i = 0; i < 9; i++) { context.Log.Add(\"walk\"); } }")]
    [InlineData("Add(\"heard\")", "Add(\"overheard\")")]
    [InlineData("[Job]", "private static int Helped => 1;\n[Job]")]
    [InlineData("[Job]", "private static int Helped() => 1;\n[Job]")]
    [InlineData("[Job]", "// A line more.\n\n[Job]")]
    [InlineData("namespace Sample;", "// A line more.\nnamespace Sample;")]
    public void An_edit_outside_of_all_signatures_leaves_every_step_and_the_output_as_they_were(string old, string edit)
    {
        Project edited = Project.Create(Source, Others).Edit(0, Replace(Source, old, edit));

        Assert.All(OutputReasonsOf(edited), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(
            new[] { Pipeline.Model, Pipeline.Models, Pipeline.Problems },
            step => Assert.All(ReasonsOf(edited, step), AssertIsOld));
    }

    [Fact]
    public void An_unrelated_file_leaves_every_step_and_the_output_as_they_were()
    {
        Project edited = Project.Create(Source, Others).Add("class Unrelated { void Method() { } }");

        Assert.All(OutputReasonsOf(edited), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(AllSteps(), step => Assert.All(ReasonsOf(edited, step), AssertIsOld));
    }

    [Fact]
    public void A_changed_signature_of_a_command_changes_just_that_one_and_the_dispatcher()
    {
        Project edited = Project.Create(Source, Others).Edit(0, Replace(Source, "context, int n) => context", "context, string n) => context"));

        Assert.Single(ReasonsOf(edited, Pipeline.Model, Commands), IncrementalStepRunReason.Modified);
        Assert.Equal(2, ReasonsOf(edited, Pipeline.Model, Commands).Count(IsOld));
        Assert.Single(ReasonsOf(edited, Pipeline.Models, Commands), IncrementalStepRunReason.Modified);
        Assert.All(ReasonsOf(edited, Pipeline.Models, Jobs), AssertIsOld);
        Assert.Contains("ArgumentParser.Text(nWord)", edited.Generated("CommandDispatcher.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_signature_of_a_job_leaves_the_commands_as_they_were()
    {
        Project edited = Project.Create(Source).Edit(0, Replace(Source, "int Work(int n) => n", "long Work(int n) => n"));

        Assert.Equal(IncrementalStepRunReason.Modified, Assert.Single(ReasonsOf(edited, Pipeline.Model, Jobs)));
        Assert.All(ReasonsOf(edited, Pipeline.Model, Commands), AssertIsOld);
    }

    [Fact]
    public void A_change_in_the_other_part_of_a_partial_class_is_noticed()
    {
        string part = Source.Replace("public static class Commands", "partial class Outer { static partial class Commands", StringComparison.Ordinal) + "}";
        const string other = "namespace Sample; partial class Outer { internal static partial class Commands; }";
        Project edited = Project.Create(part, other).Edit(1, Replace(other, "internal", "private"));

        Assert.Equal(["CHAT010", "CHAT010", "CHAT105", "CHAT203"], edited.Diagnostics.Select(diagnostic => diagnostic.Id).Order());
        Assert.Single(ReasonsOf(edited, Pipeline.Models, Commands), IncrementalStepRunReason.Modified);
        Assert.Single(ReasonsOf(edited, Pipeline.Models, Jobs), IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void A_problem_follows_the_method_that_moves()
    {
        string source = Project.Commands("""[Command("talk")] internal static void Talk(CommandContext context) { }""");
        Project edited = Project.Create(source).Edit(0, "// A line more.\n" + source);

        Location location = Assert.Single(edited.Diagnostics).Location;
        Assert.Equal("Talk", location.SourceTree!.GetText().ToString(location.SourceSpan));
        Assert.All(OutputReasonsOf(edited), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void The_order_of_files_does_not_matter()
    {
        Project one = Project.Create(Source, Others);
        Project other = Project.Create(Others, Source);

        Assert.Equal(Texts(one), Texts(other));
    }

    [Fact]
    public void No_step_holds_on_to_the_compilation()
    {
        string broken = Project.Commands("""[Command("Broken", Aliases = ["talk"])] internal static int Broken(decimal n) => 1;""")
            .Replace("class Commands", "class Others", StringComparison.Ordinal);
        GeneratorDriverRunResult result = Project.Create(Source, broken).Driver.GetRunResult();
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        foreach (GeneratorRunResult run in result.Results)
        {
            foreach (string step in AllSteps().Where(run.TrackedSteps.ContainsKey))
            {
                foreach ((object value, _) in run.TrackedSteps[step].SelectMany(tracked => tracked.Outputs))
                {
                    AssertHoldsNoSymbols(value, seen);
                }
            }
        }

        Assert.NotEmpty(seen);
    }

    private static string[] AllSteps() =>
        [Pipeline.Parsed, Pipeline.Model, Pipeline.Models, Pipeline.Problems];

    private static void AssertHoldsNoSymbols(object? value, HashSet<object> seen)
    {
        if (value is null or string or DiagnosticDescriptor || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
        {
            return;
        }

        Assert.False(
            value is ISymbol or SyntaxNode or SyntaxTree or SyntaxReference or Compilation or SemanticModel or Location or AttributeData,
            value.GetType().FullName);
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

    private static bool IsOld(IncrementalStepRunReason reason) => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static void AssertIsOld(IncrementalStepRunReason reason) => Assert.True(IsOld(reason), reason.ToString());

    // Of the output of diagnostics, which does follow the text, nothing is asked.
    private static IEnumerable<IncrementalStepRunReason> OutputReasonsOf(Project project) =>
        from run in project.Driver.GetRunResult().Results
        from step in run.TrackedOutputSteps.SelectMany(named => named.Value)
        where !step.Inputs.Any(input => input.Source.Inputs.Any(before => before.Source.Name == Pipeline.Problems))
        from output in step.Outputs
        select output.Reason;

    private static ImmutableArray<IncrementalStepRunReason> ReasonsOf(Project project, string step, int? generator = null) =>
    [
        .. project.Driver.GetRunResult().Results
            .Where((run, i) => (generator is null || i == generator) && run.TrackedSteps.ContainsKey(step))
            .SelectMany(run => run.TrackedSteps[step])
            .SelectMany(tracked => tracked.Outputs)
            .Select(output => output.Reason),
    ];

    private static string Replace(string source, string old, string edit)
    {
        Assert.Contains(old, source, StringComparison.Ordinal);
        return source.Replace(old, edit, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Texts(Project project) => project.Driver.GetRunResult().GeneratedTrees
        .OrderBy(tree => tree.FilePath, StringComparer.Ordinal)
        .Select(tree => tree.ToString());
}
