namespace AotChat.Chat;

/// <summary>Hands out the numbers of what is kept, each kind from 1 on; none is given twice. Owned by the event loop.</summary>
internal sealed class StoredIds
{
    /// <summary>The last number of each, as it was kept.</summary>
    public long Account { get; set; }

    /// <inheritdoc cref="Account"/>
    public long Room { get; set; }

    /// <inheritdoc cref="Account"/>
    public long Ban { get; set; }

    /// <inheritdoc cref="Account"/>
    public long Audit { get; set; }

    /// <inheritdoc cref="Account"/>
    public long Mail { get; set; }

    public long NextAccount() => ++Account;

    public long NextRoom() => ++Room;

    public long NextBan() => ++Ban;

    public long NextAudit() => ++Audit;

    public long NextMail() => ++Mail;
}
