using AotChat;
using AotChat.Configuration;
using AotChat.Logging;
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
    switch (ChatConfiguration.Read(args))
    {
        case StartRequest.Serve serve:
            return ServerProgram.Run(serve, () => ChatConfiguration.Read(args));

        case StartRequest.Print print:
            foreach (string warning in print.Warnings)
            {
                StandardStreams.WriteErrorLine("aotchat: " + warning);
            }

            if (StandardStreams.WriteOutput(print.Text, mayWait: true) is { } reason)
            {
                StandardStreams.WriteErrorLine("aotchat: cannot write to standard output: " + reason);
                return ExitCode.CannotStart;
            }

            return ExitCode.Done;

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
