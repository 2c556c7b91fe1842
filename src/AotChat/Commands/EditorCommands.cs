namespace AotChat.Commands;

/// <summary>How one types.</summary>
internal static class EditorCommands
{
    /// <summary>Lets you edit with arrow keys and Tab. Up shows earlier lines. Needs a telnet client.</summary>
    [Command("editor", Category = CommandCategory.Terminal, Example = "editor on")]
    internal static void Editor(CommandContext context, Switch state) => context.Session.RequestEditor(state == Switch.On);
}
