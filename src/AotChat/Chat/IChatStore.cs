namespace AotChat.Chat;

/// <summary>
/// What the chat keeps beyond the life of its process. Called on the event loop, where it never blocks; answers arrive on
/// the loop.
/// </summary>
internal interface IChatStore
{
    /// <summary>Why nothing can be written at present, in words for the operator and the user; null where all is well.</summary>
    string? Problem { get; }

    /// <summary>How many bytes of what was said wait to be written.</summary>
    long WaitingBytes => 0;

    /// <summary>How many lines found no room while the disk did not take them, and are not kept.</summary>
    long LostLines => 0;

    /// <summary>Hands out the numbers of what is kept.</summary>
    StoredIds Ids { get; }

    /// <summary>Whether lines are kept beyond what is in memory, so that a room has more history than memory has of it.</summary>
    bool KeepsLines => true;

    /// <summary>
    /// Keeps a line that was said. It is on disk within some milliseconds, or once the disk is back; nobody is told.
    /// Allocates nothing.
    /// </summary>
    void KeepLine(in SaidLine line);

    /// <summary>
    /// Writes a change in order with the lines; like them it is not promised to anybody.
    /// </summary>
    void Write(StoreChange change);

    /// <summary>Writes changes that somebody is promised, all or none of them.</summary>
    /// <returns>True once they are on disk; false where they can't be written, and then they never are.</returns>
    ValueTask<bool> TryWriteAsync(params StoreChange[] changes);

    /// <summary>Keeps a message for somebody who is not here, within the limits of the mailbox; on disk when this ends.</summary>
    ValueTask<MailResult> KeepMailAsync(StoredMail mail, MailLimits limits);

    /// <summary>The messages that an account has not read, the oldest first; null where they can't be read.</summary>
    ValueTask<IReadOnlyList<StoredMail>?> ReadMailAsync(long account);

    /// <summary>
    /// Lines of a room with numbers from one to another, both included, in order: the last ones where there are more than
    /// asked for, or the first ones of a range. Null where they can't be read.
    /// </summary>
    ValueTask<StoredPage?> ReadLinesAsync(long room, long first, long last, int max, bool fromStart);

    /// <summary>The lines that a search finds, the newest first; null where they can't be read.</summary>
    ValueTask<IReadOnlyList<StoredLine>?> SearchAsync(StoredSearch search);

    /// <summary>The last entries of the audit, the newest first; null where they can't be read.</summary>
    ValueTask<IReadOnlyList<AuditEntry>?> ReadAuditAsync(int max);

    /// <summary>One entry of the audit: none where there is none of this number; null where it can't be read.</summary>
    ValueTask<IReadOnlyList<AuditEntry>?> FindAuditAsync(long id);

    /// <summary>Makes a consistent copy of all that is kept; it may take long.</summary>
    /// <param name="name">The name of the new file, without a directory: where it goes is the store's affair.</param>
    /// <returns>What went wrong; null for nothing.</returns>
    ValueTask<string?> BackupAsync(string name);
}
