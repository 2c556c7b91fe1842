namespace AotChat.Configuration;

/// <summary>One setting as somebody wrote it, in whichever layer.</summary>
/// <param name="Key">The name that it has in its layer.</param>
/// <param name="Value">What stands there.</param>
/// <param name="Label">What a message about it begins with: <c>--port</c>, <c>CHAT_PORT</c>, <c>chat.ini:12: port</c>.</param>
/// <param name="Source">Where it comes from, for an operator who checks the settings.</param>
internal sealed record Setting(string Key, string Value, string Label, string Source);
