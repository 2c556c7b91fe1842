namespace AotChat.Chat;

/// <summary>Keeps nothing, and says that it does: for tests that are not about what is kept.</summary>
internal sealed class NoStore : IChatStore
{
    /// <inheritdoc/>
    public string? Problem => null;

    /// <inheritdoc/>
    public bool KeepsLines => false;

    /// <inheritdoc/>
    public StoredIds Ids { get; } = new();

    /// <inheritdoc/>
    public void KeepLine(in SaidLine line)
    {
    }

    /// <inheritdoc/>
    public void Write(StoreChange change)
    {
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryWriteAsync(params StoreChange[] changes) => new(true);

    /// <inheritdoc/>
    public ValueTask<MailResult> KeepMailAsync(StoredMail mail, MailLimits limits) => new(MailResult.Kept);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredMail>?> ReadMailAsync(long account) => new([]);

    /// <inheritdoc/>
    public ValueTask<StoredPage?> ReadLinesAsync(long room, long first, long last, int max, bool fromStart) => new(new StoredPage(0, 0, []));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredLine>?> SearchAsync(StoredSearch search) => new([]);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AuditEntry>?> ReadAuditAsync(int max) => new([]);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AuditEntry>?> FindAuditAsync(long id) => new([]);

    /// <inheritdoc/>
    public ValueTask<string?> BackupAsync(string name) => new("nothing is kept here");
}
