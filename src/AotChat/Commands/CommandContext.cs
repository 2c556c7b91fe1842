namespace AotChat.Commands;

/// <summary>What a command can see and do.</summary>
internal sealed class CommandContext;
