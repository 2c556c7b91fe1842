namespace AotChat.Workers;

/// <summary>A job did not give a result. The message is one clause for the user who asked: <c>timed out</c>.</summary>
internal sealed class JobFailedException(string message) : Exception(message);
