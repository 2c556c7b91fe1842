namespace AotChat.Chat;

/// <summary>A change of what is kept. Immutable, since another thread writes it.</summary>
internal abstract record StoreChange
{
    /// <summary>Adds an account, or replaces it.</summary>
    internal sealed record SaveAccount(StoredAccount Account) : StoreChange;

    /// <summary>Removes an account and its mailbox; rooms that it owned are nobody's.</summary>
    internal sealed record RemoveAccount(long Account) : StoreChange;

    /// <summary>Adds a room, or replaces what is kept of it; its lines stay.</summary>
    internal sealed record SaveRoom(StoredRoom Room) : StoreChange;

    /// <summary>Removes a room with its lines and its bans.</summary>
    internal sealed record RemoveRoom(long Room) : StoreChange;

    /// <summary>Removes the text of a line from history and search; who did it stays.</summary>
    internal sealed record RemoveLine(long Room, long Number, string By) : StoreChange;

    /// <summary>Adds a ban or mute, or replaces it.</summary>
    internal sealed record SaveBan(StoredBan Ban) : StoreChange;

    /// <summary>Removes a ban or mute.</summary>
    internal sealed record RemoveBan(long Ban) : StoreChange;

    /// <summary>Adds an entry to the audit.</summary>
    internal sealed record AddAudit(AuditEntry Entry) : StoreChange;

    /// <summary>Notes in the audit that an act was undone.</summary>
    internal sealed record MarkUndone(long Entry, string By, long Ticks) : StoreChange;

    /// <summary>Forgets messages that were shown.</summary>
    internal sealed record RemoveMail(IReadOnlyList<long> Mails) : StoreChange;
}
