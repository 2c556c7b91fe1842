using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>
/// The words that begin the server's lines. Nobody may have one as a name, since that user's words could then be
/// taken for the server's.
/// </summary>
internal static class ServerWords
{
    /// <summary>
    /// The words in the sources, wherever a line is written; the names and explanations of commands are taken from
    /// their table. A test reads the sources and finds what is missing here.
    /// </summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "Also", "Audit", "Away", "Ban", "Bytes", "Cannot", "Choose", "Commands", "Connection", "Connections", "Deliveries", "Disconnected",
        "Example", "Fib", "Help", "History", "Ignored", "Internal", "Invalid", "Job", "Line", "Lines", "Loop", "Message", "Messages",
        "Mute", "Name", "Names", "New", "No", "Nobody", "Not", "Nothing", "Old", "Online", "Only", "Part", "Password", "Refused",
        "resource_size", "Room", "Rooms", "Server", "Store", "Telnet", "Terminal", "The", "This", "Times", "Too", "Topic", "Type", "Undone",
        "Unknown", "URL", "User", "Users", "Welcome", "Worker", "Wrong", "Yes", "You", "Your",
    ];

    /// <summary>All names that nobody may take.</summary>
    /// <param name="motd">The message of the day, whose lines are the server's too.</param>
    /// <param name="more">What the operator adds.</param>
    public static ReservedNames Reserve(IReadOnlyList<string> motd, IEnumerable<string>? more = null)
    {
        ReservedNames reserved = new(more);
        foreach (string word in All.Concat(motd))
        {
            reserved.AddFirstWordOf(word);
        }

        foreach (CommandInfo command in CommandDispatcher.All)
        {
            foreach (string line in (string[])[command.Name, command.Usage, command.Summary, command.Category, .. command.Aliases])
            {
                reserved.AddFirstWordOf(line);
            }
        }

        return reserved;
    }
}
