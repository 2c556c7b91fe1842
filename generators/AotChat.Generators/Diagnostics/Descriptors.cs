using Microsoft.CodeAnalysis;

namespace AotChat.Generators.Diagnostics;

/// <summary>Everything that the generator can't accept. An ID is never given to another thing; 1xx are about jobs.</summary>
internal static class Descriptors
{
    private const string Category = "AotChat";

    public static readonly DiagnosticDescriptor CommandNotStatic = Error(
        "CHAT001", "A command is a static method", "Make '{0}' static: a command has no instance to run on");

    public static readonly DiagnosticDescriptor WrongFirstParameter = Error(
        "CHAT002", "A command takes the context first", "Make 'CommandContext context' the first parameter of '{0}'");

    public static readonly DiagnosticDescriptor UnsupportedParameter = Error(
        "CHAT003",
        "A command's parameter has a type that a line can give",
        "A line gives no '{0}'; use User, int, Uri, string or ReadOnlySpan<byte>, by value");

    public static readonly DiagnosticDescriptor UnsupportedReturn = Error(
        "CHAT004", "A command returns nothing or a ValueTask", "A command can't return '{0}'; return void or ValueTask");

    public static readonly DiagnosticDescriptor DuplicateCommand = Error(
        "CHAT005", "A command's name is taken once", "There is a command '{0}' already: give this one another name");

    public static readonly DiagnosticDescriptor BadName = Error(
        "CHAT006",
        "A command's name can be typed",
        "'{0}' is no name for a command: 1 to 24 lower-case ASCII letters, digits or '-', first a letter");

    public static readonly DiagnosticDescriptor MisplacedRest = Error(
        "CHAT007",
        "The rest of the line is the last parameter",
        "[Rest] belongs on the last parameter, which is a string or a ReadOnlySpan<byte>");

    public static readonly DiagnosticDescriptor RequiredAfterOptional = Error(
        "CHAT008", "Optional parameters come last", "'{0}' is required but stands behind an optional parameter");

    public static readonly DiagnosticDescriptor NotCallable = Error(
        "CHAT010",
        "A command can be called",
        "'{0}' can't be called from generated code: make it a method in a type, both internal or public and not generic");

    public static readonly DiagnosticDescriptor NoSummary = Warning(
        "CHAT011", "A command has a help text", "Write an XML summary for '{0}': it is what help shows");

    public static readonly DiagnosticDescriptor JobNotStatic = Error(
        "CHAT101", "A job is a static method", "Make '{0}' static: a job has no instance to run on");

    public static readonly DiagnosticDescriptor UnsupportedJobParameter = Error(
        "CHAT102",
        "A job's parameter can cross the pipe",
        "A '{0}' can't cross the pipe; use bool, int, long, double, string or Uri, and CancellationToken as the last one");

    public static readonly DiagnosticDescriptor UnsupportedJobResult = Error(
        "CHAT103",
        "A job's result can cross the pipe",
        "A '{0}' can't cross the pipe; return bool, int, long, double, string or Uri, or a Task or ValueTask of one");

    public static readonly DiagnosticDescriptor DuplicateJob = Error(
        "CHAT104", "A job's name is taken once", "There is a job '{0}' already: rename this method");

    public static readonly DiagnosticDescriptor JobNotCallable = Error(
        "CHAT105",
        "A job can be called",
        "'{0}' can't be called from generated code: make it a method in a type, both internal or public and not generic");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
