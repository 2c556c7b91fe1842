using AotChat.Chat;
using System.Text;

namespace AotChat.Commands;

/// <content>What operators and room owners do, which leaves a trail.</content>
internal sealed partial class CommandContext
{
    // What the caller undoes with this call; null for nothing.
    private UndoneAct? _undoes;

    /// <summary>
    /// Writes what a lasting act changes and its entry in the audit, both or neither; where the disk can't, the caller is
    /// told. The caller changes the chat afterwards, and looks first whether those concerned are still there.
    /// </summary>
    /// <returns>Whether it is on disk.</returns>
    public async ValueTask<bool> TryActAsync(Act act, params StoreChange[] changes)
    {
        AuditEntry entry = EntryOf(act);
        if (!await Chat.Store.TryWriteAsync([.. changes, .. TrailOf(entry)]))
        {
            TellNotKept();
            return false;
        }

        NoteDone(entry);
        return true;
    }

    /// <summary>
    /// Writes down an act of the moment that is done already: a kick, a notice. Nobody must wait for a disk to put somebody
    /// out, so where it can't be written the caller is told, and the log alone has it.
    /// </summary>
    public async ValueTask RecordAsync(Act act)
    {
        AuditEntry entry = EntryOf(act);
        NoteDone(entry);
        if (!await Chat.Store.TryWriteAsync([.. TrailOf(entry)]))
        {
            Reply($"Not in the audit: it was done, but nothing can be kept at present ({WhyNotKept}). The log has it.");
        }
    }

    /// <summary>Tells the caller that nothing was done, since it could not be written.</summary>
    public void TellNotKept() => Reply($"Not done: nothing can be kept at present ({WhyNotKept}). Try again later.");

    /// <summary>The same for a call with which the caller undoes an act: what it does marks the act's entry as undone.</summary>
    internal CommandContext ForUndo(UndoneAct undone) => new(_session, _call) { _undoes = undone };

    private string WhyNotKept => Chat.Store.Problem ?? "the store does not answer";

    private AuditEntry EntryOf(Act act) => new(
        Chat.Store.Ids.NextAudit(),
        Chat.Events.Now,
        User.ToString(),
        User.Account?.Id ?? 0,
        Session.LocalUser is { } local ? $"{Session.Origin}, user {local}" : Session.Origin,
        act.Action,
        act.Target,
        act.Room is { } room ? Encoding.UTF8.GetString(room.Name) : "",
        act.Reason,
        act.Undo);

    private StoreChange[] TrailOf(AuditEntry entry) => _undoes is { } undone
        ? [new StoreChange.AddAudit(entry), new StoreChange.MarkUndone(undone.Id, entry.Actor, entry.Ticks)]
        : [new StoreChange.AddAudit(entry)];

    private void NoteDone(AuditEntry entry)
    {
        if (_undoes is { } undone)
        {
            undone.IsUndone = true;
        }

        Chat.Acted?.Invoke(Session, entry);
    }
}

/// <summary>An act that is being undone. Owned by the event loop.</summary>
/// <param name="id">The number of its entry in the audit.</param>
internal sealed class UndoneAct(long id)
{
    /// <summary>The number of its entry in the audit.</summary>
    public long Id { get; } = id;

    /// <summary>Whether it is undone by now.</summary>
    public bool IsUndone { get; set; }
}
