using AotChat.Chat;
using System.Text;

namespace AotChat.Tests.Simulation;

/// <summary>A store in memory that a test can break, or slow down, and look into. Owned by the event loop.</summary>
internal sealed class MemoryStore : IChatStore
{
    private readonly Queue<Action> _waiting = new();

    /// <inheritdoc/>
    public string? Problem { get; set; }

    /// <summary>Whether answers wait for <see cref="Answer"/>.</summary>
    public bool IsSlow { get; set; }

    /// <inheritdoc/>
    public StoredIds Ids { get; } = new();

    public Dictionary<long, StoredAccount> Accounts { get; } = [];

    public Dictionary<long, StoredRoom> Rooms { get; } = [];

    public Dictionary<long, StoredBan> Bans { get; } = [];

    public List<StoredMail> Mail { get; } = [];

    public List<StoredLine> Lines { get; } = [];

    public SortedDictionary<long, AuditEntry> Audit { get; } = [];

    /// <summary>What a server that starts anew is given.</summary>
    public StoredState State => new([.. Accounts.Values], [.. Rooms.Values], [.. Bans.Values]);

    /// <summary>Gives the answers that wait.</summary>
    public void Answer()
    {
        while (_waiting.TryDequeue(out Action? answer))
        {
            answer();
        }
    }

    /// <inheritdoc/>
    public void KeepLine(in SaidLine line)
    {
        Lines.Add(new StoredLine(
            line.Room, line.Number, line.Kind, line.Ticks, line.Body[..line.NameLength].ToArray(), line.Body[(line.NameLength + 1)..].ToArray(), ""));
        if (Rooms.TryGetValue(line.Room, out StoredRoom? room))
        {
            Rooms[line.Room] = room with { LastNumber = line.Number };
        }
    }

    /// <inheritdoc/>
    public void Write(StoreChange change) => Apply(change);

    /// <inheritdoc/>
    public ValueTask<bool> TryWriteAsync(params StoreChange[] changes) => Reply(() =>
    {
        if (Problem is not null)
        {
            return false;
        }

        foreach (StoreChange change in changes)
        {
            Apply(change);
        }

        return true;
    });

    /// <inheritdoc/>
    public ValueTask<MailResult> KeepMailAsync(StoredMail mail, MailLimits limits) => Reply(() =>
    {
        if (Problem is not null)
        {
            return MailResult.NotWritten;
        }

        Mail.RemoveAll(kept => kept.Ticks < limits.OldestTicks);
        StoredMail[] box = [.. Mail.Where(kept => kept.Account == mail.Account)];
        if (box.Length >= limits.Messages)
        {
            return MailResult.Full;
        }

        if (box.Count(kept => mail.Sender == 0 ? kept.Sender == 0 && kept.SenderBlock == mail.SenderBlock : kept.Sender == mail.Sender) >= limits.FromOne)
        {
            return MailResult.TooManyFromOne;
        }

        if (Mail.Count(kept => mail.Sender == 0 ? kept.Sender == 0 && kept.SenderBlock == mail.SenderBlock : kept.Sender == mail.Sender) >= limits.FromOneInAll)
        {
            return MailResult.TooManyInAll;
        }

        Mail.Add(mail);
        return MailResult.Kept;
    });

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredMail>?> ReadMailAsync(long account) => Read(() => Mail.Where(mail => mail.Account == account));

    /// <inheritdoc/>
    public ValueTask<StoredPage?> ReadLinesAsync(long room, long first, long last, int max, bool fromStart) => Reply(() =>
    {
        if (Problem is not null)
        {
            return null;
        }

        StoredLine[] kept = [.. Lines.Where(line => line.Room == room)];
        IEnumerable<StoredLine> found = kept.Where(line => line.Number >= first && line.Number <= last);
        return new StoredPage(kept.FirstOrDefault()?.Number ?? 0, kept.LastOrDefault()?.Number ?? 0, [.. fromStart ? found.Take(max) : found.TakeLast(max)]);
    });

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredLine>?> SearchAsync(StoredSearch search) => Read(() => Lines
        .Where(line => line.RemovedBy.Length == 0
            && search.Words.All(word => Encoding.UTF8.GetString(line.Text).Contains(word, StringComparison.OrdinalIgnoreCase))
            && (search.Author.Length == 0 || search.Author.Equals(Encoding.UTF8.GetString(line.Name), StringComparison.OrdinalIgnoreCase))
            && search.Rooms.Contains(line.Room)
            && line.Ticks >= search.Since
            && line.Ticks < search.Before)
        .Reverse()
        .Skip(search.Skip)
        .Take(search.Max));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AuditEntry>?> ReadAuditAsync(int max) => Read(() => Audit.Values.Reverse().Take(max));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AuditEntry>?> FindAuditAsync(long id) => Read(() => Audit.Values.Where(entry => entry.Id == id));

    /// <inheritdoc/>
    public ValueTask<string?> BackupAsync(string name) => Reply(() => Problem);

    private ValueTask<IReadOnlyList<T>?> Read<T>(Func<IEnumerable<T>> read) => Reply(() => Problem is null ? (IReadOnlyList<T>?)[.. read()] : null);

    private ValueTask<T> Reply<T>(Func<T> act)
    {
        if (!IsSlow)
        {
            return new(act());
        }

        TaskCompletionSource<T> reply = new();
        _waiting.Enqueue(() => reply.SetResult(act()));
        return new(reply.Task);
    }

    private void Apply(StoreChange change)
    {
        switch (change)
        {
            case StoreChange.SaveAccount save:
                Accounts[save.Account.Id] = save.Account;
                break;

            case StoreChange.RemoveAccount remove:
                Accounts.Remove(remove.Account);
                Mail.RemoveAll(mail => mail.Account == remove.Account);
                break;

            case StoreChange.SaveRoom save:
                long last = Rooms.TryGetValue(save.Room.Id, out StoredRoom? kept) ? kept.LastNumber : 0;
                Rooms[save.Room.Id] = save.Room with { LastNumber = Math.Max(last, save.Room.LastNumber) };
                break;

            case StoreChange.RemoveRoom remove:
                Rooms.Remove(remove.Room);
                Lines.RemoveAll(line => line.Room == remove.Room);
                foreach (StoredBan ban in Bans.Values.Where(ban => ban.Room == remove.Room).ToArray())
                {
                    Bans.Remove(ban.Id);
                }

                break;

            case StoreChange.RemoveLine remove:
                int at = Lines.FindIndex(line => line.Room == remove.Room && line.Number == remove.Number);
                if (at >= 0)
                {
                    Lines[at] = Lines[at] with { Text = [], RemovedBy = remove.By };
                }


                break;

            case StoreChange.SaveBan save:
                Bans[save.Ban.Id] = save.Ban;
                break;

            case StoreChange.RemoveBan remove:
                Bans.Remove(remove.Ban);
                break;

            case StoreChange.AddAudit add:
                Audit[add.Entry.Id] = add.Entry;
                break;

            case StoreChange.MarkUndone mark:
                Audit[mark.Entry] = Audit[mark.Entry] with { UndoneBy = mark.By, UndoneTicks = mark.Ticks };
                break;

            case StoreChange.RemoveMail remove:
                Mail.RemoveAll(mail => remove.Mails.Contains(mail.Id));
                break;

            default:
                throw new NotSupportedException(change.GetType().Name);
        }
    }
}
