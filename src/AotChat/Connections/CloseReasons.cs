namespace AotChat.Connections;

/// <summary>Reasons in the words of the log.</summary>
internal static class CloseReasons
{
    /// <summary>The reason as the end of a sentence.</summary>
    public static string Words(this CloseReason reason) => reason switch
    {
        CloseReason.Quit => "quit",
        CloseReason.EndOfInput => "end of input",
        CloseReason.Broken => "connection lost",
        CloseReason.NotReading => "did not read",
        CloseReason.Idle => "idle",
        CloseReason.TooMuchInput => "sent too much",
        CloseReason.Ghost => "no answer",
        CloseReason.Expelled => "put out by an operator",
        CloseReason.WrongProtocol => "another protocol",
        CloseReason.ServerStops => "the server stops",
        _ => "internal error",
    };
}
