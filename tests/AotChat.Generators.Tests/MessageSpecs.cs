namespace AotChat.Generators.Tests;

/// <summary>A diagnostic says which of its causes applies, and what to do.</summary>
public sealed class MessageSpecs
{
    [Theory]
    [InlineData("Talk", "private static void Talk(CommandContext context) { }", "it is private; make it internal or public")]
    [InlineData("Talk", "static void Talk(CommandContext context) { }", "it is private; make it internal or public")]
    [InlineData("Talk", "protected static void Talk(CommandContext context) { }", "it is protected; make it internal or public")]
    [InlineData("Talk", "private protected static void Talk(CommandContext context) { }", "it is private protected; make it internal or public")]
    [InlineData("Talk", "internal static void Talk<T>(CommandContext context) { }", "it is generic; remove its type parameters")]
    public void A_command_that_can_not_be_called_is_told_why(string flagged, string method, string why) => AssertMessage(
        "CHAT010", flagged, """[Command("talk", Help = "Talks.")] """ + method, $"'Talk' can't be called from generated code: {why}");

    [Theory]
    [InlineData("class Outer", "the type 'Outer' around it is private; make it internal or public")]
    [InlineData("protected class Outer", "the type 'Outer' around it is protected; make it internal or public")]
    [InlineData("internal struct Outer<T>", "the type 'Outer<T>' around it is generic; move the method out of it")]
    [InlineData("private interface Outer<T>", "the type 'Outer<T>' around it is private; make it internal or public; the type 'Outer<T>' around it is generic; move the method out of it")]
    public void A_type_that_hides_a_command_is_named(string type, string why) => AssertMessage(
        "CHAT010",
        "Talk",
        type + """ { internal static class Inner { [Command("talk", Help = "Talks.")] internal static void Talk(CommandContext context) { } } }""",
        $"'Talk' can't be called from generated code: {why}");

    [Theory]
    [InlineData("internal interface I { [Command(\"talk\")] static abstract void Talk(CommandContext context); }", "it is abstract; give it a body")]
    [InlineData("internal interface I { [Command(\"talk\")] static virtual void Talk(CommandContext context) { } }", "it is virtual; remove the modifier")]
    public void A_static_method_without_a_body_of_its_own_is_told_why(string members, string why) => AssertMessage(
        "CHAT010", "Talk", members, $"'Talk' can't be called from generated code: {why}");

    [Fact]
    public void A_type_that_only_its_file_sees_is_named() => Assert.Equal(
        "'Talk' can't be called from generated code: the type 'Hidden' around it is visible in its file only; remove 'file'",
        Project.AssertFlagged("CHAT010", "Talk", "", """

            file static class Hidden { [Command("talk")] internal static void Talk(CommandContext context) { } }
            """).GetMessage(null));

    [Fact]
    public void A_method_of_an_extension_block_is_told_why() => Assert.Equal(
        "'Talk' can't be called from generated code: it stands in an extension block; move it out of there",
        Project.AssertFlagged("CHAT010", "Talk", "", """

            static class Hidden { extension(string) { [Command("talk")] internal static void Talk(CommandContext context) { } } }
            """).GetMessage(null));

    [Theory]
    [InlineData("Talk", "a local function", "internal static void Outer() { Talk(null!); [Command(\"talk\")] static void Talk(CommandContext context) { } }")]
    [InlineData("=>", "a lambda", "internal static Action<CommandContext> Outer = [Command(\"talk\")] static (context) => { };")]
    [InlineData("add_Outer", "an accessor", "internal static event Action Outer { [Command(\"talk\")] add { } remove { } }")]
    [InlineData("get_Outer", "an accessor", "internal static int Outer { [Command(\"talk\")] get => 1; }")]
    [InlineData("op_UnaryPlus", "an operator", "[Command(\"talk\")] public static Commands operator +(Commands commands) => commands;")]
    [InlineData("op_Implicit", "an operator", "[Command(\"talk\")] public static implicit operator int(Commands commands) => 1;")]
    [InlineData("Finalize", "a finalizer", "[Command(\"talk\")] ~Commands() { }")]
    public void A_command_that_is_not_a_method_of_a_type_is_told_so(string name, string what, string members) => AssertMessage(
        "CHAT010", "Command(\"talk\")", members, $"'{name}' can't be called from generated code: it is {what}; make it a method of a type");

    [Fact]
    public void A_job_that_can_not_be_called_is_told_why() => AssertMessage(
        "CHAT105", "Work", "[Job] private static int Work() => 1;", "'Work' can't be called from generated code: it is private; make it internal or public");

    [Theory]
    [InlineData("internal enum E { }", "it has none; give it at least one")]
    [InlineData("internal enum E { A, Ä }", "rename 'Ä', which is not ASCII")]
    [InlineData("internal enum E { Ab, C, aB }", "rename 'Ab' or 'aB', which differ by case alone")]
    public void An_enum_that_can_not_be_typed_is_told_why(string declaration, string why) => AssertMessage(
        "CHAT016",
        "E",
        declaration + """ [Command("talk", Help = "Talks.")] internal static void Talk(CommandContext context, E e) { }""",
        $"Nobody can type a member of 'E': {why}");

    [Theory]
    [InlineData("decimal", "use double")]
    [InlineData("float", "use double")]
    [InlineData("byte", "use int; [Between] limits it")]
    [InlineData("uint", "use long; [Between] limits it")]
    [InlineData("ulong", "use BigInteger; [Between] limits it")]
    [InlineData("Int128", "use BigInteger; [Between] limits it")]
    [InlineData("char", "use string; [Length(1, 1)] limits it")]
    [InlineData("char?", "use string; [Length(1, 1)] limits it")]
    [InlineData("DateTime", "use DateTimeOffset")]
    [InlineData("DateOnly", "use DateTimeOffset")]
    [InlineData("TimeOnly", "use TimeSpan")]
    [InlineData("byte[]", "use ReadOnlySpan<byte>")]
    [InlineData("ReadOnlyMemory<byte>", "use ReadOnlySpan<byte>")]
    [InlineData("string[]", "make a list the last parameter, 'params T[]'")]
    [InlineData("List<int>", "make a list the last parameter, 'params T[]'")]
    [InlineData("IEnumerable<User>", "make a list the last parameter, 'params T[]'")]
    [InlineData("params List<int>", "make a list the last parameter, 'params T[]'")]
    [InlineData("params ReadOnlySpan<string>", "make a list the last parameter, 'params T[]'")]
    [InlineData("params CancellationToken[]", "use CancellationToken")]
    [InlineData("CancellationToken?", "use CancellationToken")]
    [InlineData("ref int", "pass it by value, without 'ref', 'in' or 'out'")]
    [InlineData("in User", "pass it by value, without 'ref', 'in' or 'out'")]
    [InlineData("CommandContext", "the context comes once, first")]
    [InlineData("object", "use User, Room, string, ReadOnlySpan<byte>, bool, int, long, double, BigInteger, TimeSpan, DateTimeOffset, Uri or an enum")]
    [InlineData("params decimal[]", "use double")]
    public void A_parameter_that_a_line_can_not_give_is_told_what_to_use(string parameter, string advice)
    {
        string type = parameter.Split(' ')[^1];

        AssertMessage(
            "CHAT003",
            type,
            $$"""[Command("talk", Help = "Talks.")] internal static void Talk(CommandContext context, {{parameter}} value) { }""",
            $"A line gives no '{type}': {advice}");
    }

    [Fact]
    public void An_alias_that_is_a_command_is_told_which() => AssertMessage(
        "CHAT013",
        "\"walk\"",
        """
        [Command("talk", Help = "Talks.", Aliases = ["walk"])] internal static void Talk(CommandContext context) { }
        [Command("walk", Help = "Walks.")] internal static void Walk(CommandContext context) { }
        """,
        "There is a command 'walk' already, Sample.Commands.Walk: give this one another alias");

    private static void AssertMessage(string id, string flagged, string members, string message) =>
        Assert.Equal(message, Project.AssertFlagged(id, flagged, members).GetMessage(null));
}
