using System.Runtime.CompilerServices;

namespace AotChat.Generators.Tests;

/// <summary>
/// Generated code as a person reads it. After an intended change run the tests with ACCEPT_SNAPSHOTS=1 and look at the
/// difference in version control.
/// </summary>
public sealed class SnapshotSpecs
{
    [Fact]
    public void A_command_with_a_user_a_number_and_an_optional_word_becomes_this_dispatcher() => AssertSnapshot(
        "CommandDispatcher.g.cs",
        """
        /// <summary>Gives USER so much.</summary>
        [Command("give", Invalid = "Give what?")]
        internal static async ValueTask Give(CommandContext context, User recipient, int amount, string? note = null) => await Task.Yield();
        """);

    [Fact]
    public void Several_names_of_one_length_become_this_search() => AssertSnapshot(
        "CommandDispatcher.g.cs",
        """
        /// <summary>Says TEXT.</summary>
        [Command("say")] internal static void Say(CommandContext context, [Rest] ReadOnlySpan<byte> text) { }
        /// <summary>Sits.</summary>
        [Command("sit")] internal static void Sit(CommandContext context) { }
        /// <summary>Runs.</summary>
        [Command("run")] internal static void Run(CommandContext context) { }
        """);

    [Fact]
    public void A_job_becomes_this_stub() => AssertSnapshot(
        "JobStubs.g.cs", "[Job] internal static Task<long> MeasureAsync(Uri url, int limit, CancellationToken token) => Task.FromResult(1L);");

    [Fact]
    public void Jobs_become_this_table() => AssertSnapshot(
        "JobTable.g.cs",
        """
        [Job] internal static Task<long> MeasureAsync(Uri url, int limit, CancellationToken token) => Task.FromResult(1L);
        [Job] internal static string Spell(int number) => "";
        """);

    private static void AssertSnapshot(
        string file, string members, [CallerMemberName] string test = "", [CallerFilePath] string source = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(source)!, "Snapshots", test + ".txt");
        string actual = Project.Create(Project.Commands(members)).Generated(file);
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, actual);
        }

        string expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (actual != expected)
        {
            Assert.Fail($"""
                {path} is not what is generated. {FirstDifference(expected.Split('\n'), actual.Split('\n'))}
                If that is intended, run the tests with ACCEPT_SNAPSHOTS=1 and look at the difference in version control.
                """);
        }
    }

    private static string FirstDifference(string[] expected, string[] actual)
    {
        int line = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"""
            From line {line + 1} on:
            - {expected.ElementAtOrDefault(line) ?? "(the end)"}
            + {actual.ElementAtOrDefault(line) ?? "(the end)"}
            """;
    }
}
