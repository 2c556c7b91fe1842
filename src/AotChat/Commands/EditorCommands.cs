namespace AotChat.Commands;

/// <summary>How one types.</summary>
internal static class EditorCommands
{
    /// <summary>Lets you edit with arrow keys and Tab. Up shows earlier lines. Needs a telnet client.</summary>
    [Command("editor", Usage = "editor on|off", Category = CommandCategory.Terminal, Example = "editor on")]
    internal static void Editor(CommandContext context, Switch editor) => context.Session.RequestEditor(editor == Switch.On);
}
