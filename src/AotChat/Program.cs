using AotChat;
using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Logging;
using AotChat.Store;
using AotChat.Workers;
using AotChat.Workers.Child;

// Before anything opens a file, which would take the place of a standard stream that is closed.
StandardStreams.Prepare();

// One executable, two roles: the server, or one of its workers.
if (args is [WorkerContract.Flag, ..])
{
    return WorkerProgram.Run();
}

try
{
    switch (ChatConfiguration.Read(args, CommandRules.ProblemsOf))
    {
        case StartRequest.Serve serve:
            return ServerProgram.Run(serve, () => ChatConfiguration.Read(args, CommandRules.ProblemsOf));

        case StartRequest.Print print:
            return Print(print.Text, print.Warnings);

        case StartRequest.Check check:
            string found = StoreInspection.Check(check.Options, out string? damage);
            int printed = Print($"{check.Text}\nKept on disk: {found}\n", [.. check.Warnings, .. damage is null ? Array.Empty<string>() : [damage]]);
            return damage is null ? printed : ExitCode.CannotStart;

        case StartRequest.Backup backup:
            if (StoreInspection.Backup(backup.Options, backup.Path, StandardStreams.WriteErrorLine) is { } problem)
            {
                StandardStreams.WriteErrorLine("aotchat: " + problem);
                return ExitCode.CannotStart;
            }

            return Print($"Copied to {SafeText.Of(backup.Path)}\n", []);

        case StartRequest.Refuse refuse:
            StandardStreams.WriteErrorLine(string.Join('\n', refuse.Problems.Select(problem => "aotchat: " + problem)));
            return ExitCode.WrongSettings;

        default:
            return ExitCode.CannotStart;
    }
}
catch (Exception exception) when (!ServerProgram.IsRunning)
{
    StandardStreams.WriteErrorLine(StartFailure.Describe(exception, withStack: ServerProgram.IsDebugged));
    return ExitCode.CannotStart;
}

static int Print(string text, IReadOnlyList<string> warnings)
{
    foreach (string warning in warnings)
    {
        StandardStreams.WriteErrorLine("aotchat: " + warning);
    }

    if (StandardStreams.WriteOutput(text, mayWait: true) is { } reason)
    {
        StandardStreams.WriteErrorLine("aotchat: cannot write to standard output: " + reason);
        return ExitCode.CannotStart;
    }

    return ExitCode.Done;
}
