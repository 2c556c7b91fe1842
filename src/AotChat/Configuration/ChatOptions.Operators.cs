namespace AotChat.Configuration;

/// <content>Who looks after the chat, and what they may do.</content>
internal sealed partial class ChatOptions
{
    /// <summary>The accounts that look after the chat. Default: none; there is always the console.</summary>
    public IReadOnlyList<string> Operators { get; set; } = [];

    /// <summary>The commands that need a higher level than their authors asked for. Default: none.</summary>
    public IReadOnlyList<CommandRequirement> Require { get; set; } = [];

    /// <summary>The commands that nobody may call. Default: none.</summary>
    public IReadOnlyList<string> Disable { get; set; } = [];

    /// <summary>
    /// How many connections of the console are let in though the server is full. Fixed: an operator who must make room needs one,
    /// and one more where that one hangs.
    /// </summary>
    public const int ConsoleConnections = 2;

    /// <summary>How many connections one <c>connections</c> shows. Fixed: two screens.</summary>
    public const int ConnectionsShown = 50;

    /// <summary>How many entries <c>audit</c> shows of itself. Fixed: a screen.</summary>
    public const int AuditUsual = 20;

    /// <summary>How many entries <c>audit</c> shows at most. Fixed: some screens.</summary>
    public const int AuditShown = 200;

    /// <summary>How many bans and mutes of the whole server there may be. Fixed: 10,000 take some 5 MB and 1 ms to go through.</summary>
    public const int MaxServerBans = 10_000;
}
