using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Diagnostics;

/// <summary>
/// Everything that the generator can't accept. An ID is never given to another thing; 0xx are about commands, 1xx about
/// jobs, 2xx about hooks. README.md beside this project explains each.
/// </summary>
internal static class Descriptors
{
    public static readonly DiagnosticDescriptor CommandNotStatic = Error(
        "CHAT001",
        "A command is a static method",
        "Make '{0}' static: a command has no instance to run on",
        "Generated code calls a command by its name; there is no object that it could be called on.");

    public static readonly DiagnosticDescriptor WrongFirstParameter = Error(
        "CHAT002",
        "A command takes the context first",
        "Make 'CommandContext context' the first parameter of '{0}'",
        "The context is how a command sees its caller and answers; the parameters behind it are the command's grammar.");

    public static readonly DiagnosticDescriptor UnsupportedParameter = Error(
        "CHAT003",
        "A command's parameter has a type that a line can give",
        "A line gives no '{0}': {1}",
        "Each parameter takes a word from the line, so there must be a way to read one.");

    public static readonly DiagnosticDescriptor UnsupportedReturn = Error(
        "CHAT004",
        "A command returns nothing or a ValueTask",
        "A command can't return '{0}'; return void or ValueTask",
        "A command answers through its context. One that finishes at once returns nothing, one that awaits a job a ValueTask.");

    public static readonly DiagnosticDescriptor DuplicateCommand = Error(
        "CHAT005",
        "A command's name is taken once",
        "There is a command '{0}' already, {1}: give this one another name",
        "Two commands of one name could not be told apart.");

    public static readonly DiagnosticDescriptor BadName = Error(
        "CHAT006",
        "A command's name can be typed",
        "'{0}' is no name for a command: 1 to 24 lower-case ASCII letters, digits or '-', first a letter; an alias may also be '?', or ':' and such letters",
        "Names and aliases are compared without regard to case, and are to be typed at any terminal.");

    public static readonly DiagnosticDescriptor MisplacedRest = Error(
        "CHAT007",
        "The rest of the line is the last parameter",
        "[Rest] belongs on the last parameter, which is a string or a ReadOnlySpan<byte>",
        "Nothing is left of the line behind its rest.");

    public static readonly DiagnosticDescriptor RequiredAfterOptional = Error(
        "CHAT008",
        "Optional parameters come last",
        "'{0}' is required but stands behind an optional parameter",
        "Words fill the parameters from left to right; a parameter is optional by a default value or a nullable type.");

    public static readonly DiagnosticDescriptor NotCallable = Error(
        "CHAT010",
        "A command can be called",
        "'{0}' can't be called from generated code: {1}",
        "Generated code stands in another type and calls the method by its name alone.");

    public static readonly DiagnosticDescriptor NoSummary = Warning(
        "CHAT011",
        "A command has a help text",
        "Write an XML summary for '{0}': it is what help shows",
        "The summary, or Help of the attribute, is all that a user learns of a command before trying it.");

    public static readonly DiagnosticDescriptor AliasTaken = Error(
        "CHAT012",
        "An alias is taken once",
        "'{0}' is a name of {1} already: give this one another alias",
        "Two commands with one alias could not be told apart, and a command needs each of its names once.");

    public static readonly DiagnosticDescriptor AliasIsName = Error(
        "CHAT013",
        "An alias is no other command's name",
        "There is a command '{0}' already, {1}: give this one another alias",
        "A line with that word calls the command of that name.");

    public static readonly DiagnosticDescriptor AsyncVoid = Error(
        "CHAT014",
        "A command is not async void",
        "Let '{0}' return ValueTask: nobody could await 'async void', and an exception in it ends the server",
        "The session awaits its commands, so that what they throw ends the command and nothing else.");

    public static readonly DiagnosticDescriptor BadLimit = Error(
        "CHAT015",
        "A limit fits its parameter",
        "{0}",
        "[Between] limits numbers and durations, [Length] limits texts; what is checked must be able to be right.");

    public static readonly DiagnosticDescriptor EnumCanNotBeTyped = Error(
        "CHAT016",
        "The choices of an enum can be typed",
        "Nobody can type a member of '{0}': {1}",
        "A user types the name of a member, in any case.");

    public static readonly DiagnosticDescriptor NotOneLine = Error(
        "CHAT017",
        "A text of the attribute is one line",
        "{0} must be one line of text: not empty, and without control characters, line separators, marks of direction and halves of surrogate pairs",
        "Users see it as one line of the chat.");

    public static readonly DiagnosticDescriptor LeavesLoop = Error(
        "CHAT018",
        "A command stays on the event loop",
        "Remove it: behind it '{0}' would run beside the event loop, which owns everything that a command touches",
        "The chat has no locks, since one thread owns its state; what a command awaits brings it back to that thread.");

    public static readonly DiagnosticDescriptor JobNotStatic = Error(
        "CHAT101",
        "A job is a static method",
        "Make '{0}' static: a job has no instance to run on",
        "A job runs in another process, which has no object that it could be called on.");

    public static readonly DiagnosticDescriptor UnsupportedJobParameter = Error(
        "CHAT102",
        "A job's parameter can cross the pipe",
        "A '{0}' can't cross the pipe: {1}",
        "Arguments are copied to a worker process in a binary form that is generated for each type; a CancellationToken is the last one.");

    public static readonly DiagnosticDescriptor UnsupportedJobResult = Error(
        "CHAT103",
        "A job's result can cross the pipe",
        "A '{0}' can't cross the pipe: {1}",
        "The result is copied from a worker process in a binary form that is generated for each type; a job returns it, or a Task or ValueTask of it.");

    public static readonly DiagnosticDescriptor DuplicateJob = Error(
        "CHAT104",
        "A job's name is taken once",
        "There is a job '{0}' already, {1}: rename this method",
        "Commands call a job by the method's name, with or without Async.");

    public static readonly DiagnosticDescriptor JobNotCallable = Error(
        "CHAT105",
        "A job can be called",
        "'{0}' can't be called from generated code: {1}",
        "Generated code stands in another type and calls the method by its name alone.");

    public static readonly DiagnosticDescriptor BadJobLimit = Error(
        "CHAT106",
        "A job's limit is not negative",
        "{0} must be 0, for the server's own limit, or more",
        "A negative limit could never be kept.");

    public static readonly DiagnosticDescriptor HookNotStatic = Error(
        "CHAT201",
        "A hook is a static method",
        "Make '{0}' static: a hook has no instance to run on",
        "Generated code calls a hook by its name; there is no object that it could be called on.");

    public static readonly DiagnosticDescriptor WrongHook = Error(
        "CHAT202",
        "A hook takes what has happened",
        "[{0}] is for a method that returns void or ValueTask, is not async void, and takes {1}",
        "Generated code calls a hook with the context of the one who did it, the room and the text.");

    public static readonly DiagnosticDescriptor HookNotCallable = Error(
        "CHAT203",
        "A hook can be called",
        "'{0}' can't be called from generated code: {1}",
        "Generated code stands in another type and calls the method by its name alone.");

    private const string Category = "AotChat";

    private static DiagnosticDescriptor Error(string id, string title, string message, string description) =>
        Create(id, title, message, description, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message, string description) =>
        Create(id, title, message, description, DiagnosticSeverity.Warning);

    // The link is a place in this repository: the compiler prints it behind the message.
    private static DiagnosticDescriptor Create(string id, string title, string message, string description, DiagnosticSeverity severity) => new(
        id,
        title,
        message,
        Category,
        severity,
        isEnabledByDefault: true,
        description,
        helpLinkUri: $"generators/AotChat.Generators/README.md#{id}");
}
