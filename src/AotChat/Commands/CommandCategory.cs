namespace AotChat.Commands;

/// <summary>The headings that <c>help</c> lists commands under.</summary>
internal static class CommandCategory
{
    public const string Talking = "Talking";
    public const string Rooms = "Rooms";
    public const string History = "History";
    public const string People = "People";
    public const string Accounts = "Accounts";
    public const string Jobs = "Jobs";
    public const string Terminal = "Terminal";
    public const string Server = "Server";
    public const string Operators = "Operators";

    /// <summary>In the order in which <c>help</c> shows them; others come behind.</summary>
    public static IReadOnlyList<string> InOrder { get; } = [Talking, Rooms, History, People, Accounts, Jobs, Terminal, Server, Operators];
}
