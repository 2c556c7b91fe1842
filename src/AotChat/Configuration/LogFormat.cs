namespace AotChat.Configuration;

/// <summary>What a log line looks like.</summary>
internal enum LogFormat
{
    /// <summary>One line for a person.</summary>
    Text,

    /// <summary>One JSON object a line, for a machine.</summary>
    Json,
}
