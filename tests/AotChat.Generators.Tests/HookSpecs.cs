namespace AotChat.Generators.Tests;

/// <summary>The generator calls hooks when a user joins, leaves or says something.</summary>
public sealed class HookSpecs
{
    private const string Hooks = """
        [OnJoin] internal static void Come(CommandContext context) => context.Log.Add("come");
        [OnJoin] internal static void Join(CommandContext context, Room room) => context.Log.Add("join " + room.Name);
        [OnLeave] internal static ValueTask Leave(CommandContext context, Room room) { context.Log.Add("leave " + room.Name); return default; }
        [OnLeave] internal static async ValueTask Go(CommandContext context) { context.Log.Add("go"); await new TaskCompletionSource().Task; }
        [OnSaid] internal static void Hear(CommandContext context, Room room, string text) => context.Log.Add($"{room.Name}: {text}");
        [OnSaid] internal static void HearBytes(CommandContext context, Room room, ReadOnlySpan<byte> text) => context.Log.Add($"{text.Length} bytes");
        """;

    [Fact]
    public void A_hook_is_called_with_what_has_happened() => Assert.Equal(
        ["hook", "come", "hook", "join #lobby", "hook", "leave #lobby", "completed", "hook", "go", "awaited", "hook", "#lobby: é", "2 bytes"],
        LoadedChat.With(Hooks).Happen("come", "join", "leave", "go", "é"));

    [Fact]
    public void A_hook_that_fails_ends_itself_alone() => Assert.Equal(
        ["hook", "failed: a bug", "second"],
        LoadedChat.With("""
            [OnJoin] internal static void First(CommandContext context) => throw new Exception("a bug");
            [OnJoin] internal static void Second(CommandContext context) => context.Log.Add("second");
            """).Happen("come"));

    [Fact]
    public void Without_hooks_nothing_is_written_and_nothing_is_called()
    {
        Project project = Project.Create(Project.Commands(""));

        Assert.DoesNotContain(project.Driver.GetRunResult().GeneratedTrees, tree => tree.FilePath.Contains("CommandHooks", StringComparison.Ordinal));
        Assert.Empty(LoadedChat.With("").Happen("come", "join", "leave", "go", "text"));
    }

    [Fact]
    public void One_method_can_be_a_hook_of_several_happenings() => Assert.Equal(
        ["hook", "seen", "hook", "seen"],
        LoadedChat.With("[OnJoin, OnLeave] internal static void See(CommandContext context) => context.Log.Add(\"seen\");").Happen("come", "go"));

    [Fact]
    public void Overloads_are_hooks_apart() => Assert.Equal(
        ["hook", "chat", "hook", "room"],
        LoadedChat.With("""
            [OnJoin] internal static void See(CommandContext context) => context.Log.Add("chat");
            [OnJoin] internal static void See(CommandContext context, Room room) => context.Log.Add("room");
            """).Happen("come", "join"));

    [Fact]
    public void A_hook_with_an_obsolete_type_builds_without_a_warning()
    {
        Project project = Project.Create(Project.Commands("""[OnJoin, Obsolete("old")] internal static void See(CommandContext context) { }"""));

        Assert.Empty(project.CompilerDiagnostics());
    }

    [Fact]
    public void A_hook_with_wrong_parameters_is_told_what_it_takes()
    {
        string message = Project.AssertFlagged("CHAT202", "Hear", "[OnSaid] internal static void Hear(CommandContext context) { }").GetMessage(null);

        Assert.Equal(
            "[OnSaid] is for a method that returns void or ValueTask, is not async void, and takes (CommandContext context, Room room, string text), the text also as ReadOnlySpan<byte>",
            message);
    }

    [Fact]
    public void A_command_that_leaves_the_loop_is_named()
    {
        string message = Project.AssertFlagged(
            "CHAT018", "ConfigureAwait(false)",
            """[Command("talk")] internal static async ValueTask Talk(CommandContext context) => await Task.Delay(1).ConfigureAwait(false);""").GetMessage(null);

        Assert.StartsWith("Remove it: behind it 'Talk' would run beside the event loop", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_may_say_that_it_comes_back_to_the_loop() => Assert.Empty(Project.Create(Project.Commands("""
        /// <summary>Waits.</summary>
        [Command("wait")]
        internal static async ValueTask Wait(CommandContext context)
        {
            await Task.Delay(1).ConfigureAwait(true);
            await Task.Delay(1).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await Task.Run(static async () => await Task.Delay(1).ConfigureAwait(false));
        }
        """)).Diagnostics);
}
