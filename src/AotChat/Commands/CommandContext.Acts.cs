using AotChat.Chat;
using System.Text;

namespace AotChat.Commands;

/// <content>What operators and room owners do, which leaves a trail.</content>
internal sealed partial class CommandContext
{
    /// <summary>
    /// Writes what an act changes and its entry in the audit, both or neither; where the disk can't, the caller is told. The
    /// caller changes the chat afterwards, and looks first whether those concerned are still there.
    /// </summary>
    /// <returns>Whether it is on disk.</returns>
    public async ValueTask<bool> TryActAsync(Act act, params StoreChange[] changes)
    {
        AuditEntry entry = new(
            Chat.Store.Ids.NextAudit(),
            Chat.Events.Now,
            User.ToString(),
            User.Account?.Id ?? 0,
            Session.Origin,
            act.Action,
            act.Target,
            act.Room is { } room ? Encoding.UTF8.GetString(room.Name) : "",
            act.Reason,
            act.Undo);
        if (await Chat.Store.TryWriteAsync([.. changes, new StoreChange.AddAudit(entry)]))
        {
            return true;
        }

        TellNotKept();
        return false;
    }

    /// <summary>Tells the caller that nothing was done, since it could not be written.</summary>
    public void TellNotKept() => Reply($"Not done: nothing can be kept at present ({Chat.Store.Problem ?? "the store does not answer"}). Try again later.");
}
