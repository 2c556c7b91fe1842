using AotChat;
using AotChat.Configuration;
using AotChat.Workers;

// One executable, two roles: the server, or one of its workers.
if (args is [WorkerProgram.Flag, ..])
{
    return WorkerProgram.Run();
}

switch (ChatConfiguration.Read(args))
{
    case StartRequest.Serve serve:
        return ServerProgram.Run(serve.Options, () => ChatConfiguration.Read(args));

    case StartRequest.Print print:
        try
        {
            Console.Out.Write(print.Text);
            return ExitCode.Done;
        }
        catch (IOException exception)
        {
            Console.Error.WriteLine("aotchat: cannot write to standard output: " + exception.Message);
            return ExitCode.CannotStart;
        }

    case StartRequest.Refuse refuse:
        foreach (string problem in refuse.Problems)
        {
            Console.Error.WriteLine("aotchat: " + problem);
        }

        return ExitCode.WrongSettings;

    default:
        return ExitCode.CannotStart;
}
