namespace AotChat.Configuration;

/// <summary>How the process ends; <c>--help</c> names them.</summary>
internal static class ExitCode
{
    /// <summary>It did what it was asked to.</summary>
    public const int Done = 0;

    /// <summary>The server could not start: the address is taken, say.</summary>
    public const int CannotStart = 1;

    /// <summary>Stopping took longer than it may; the log says what did not end.</summary>
    public const int CannotStop = 1;

    /// <summary>A setting is wrong; nothing was started.</summary>
    public const int WrongSettings = 2;
}
