using AotChat.Chat;

namespace AotChat.Store;

/// <summary>Something to be done by the thread that writes, in order with the lines.</summary>
internal abstract class StoreWork
{
    /// <summary>Whether it must be on the disk before anybody is told, not only in the system's memory.</summary>
    public virtual bool IsSynced => false;

    /// <summary>Whether others wait for it, so that it is not to wait for more entries.</summary>
    public virtual bool IsUrgent => IsSynced;

    /// <summary>Does it, within a transaction. May run again where the transaction fails.</summary>
    public abstract void Run(ChangeWriter writer);

    /// <summary>Answers on the event loop, after the commit or after it was given up.</summary>
    /// <param name="isDone">Whether it is on disk.</param>
    public virtual void Answer(bool isDone)
    {
    }
}

/// <summary>A change that nobody is promised.</summary>
internal sealed class ChangeWork(StoreChange change) : StoreWork
{
    /// <inheritdoc/>
    public override void Run(ChangeWriter writer) => writer.Apply(change);
}

/// <summary>Changes that somebody is promised.</summary>
internal sealed class PromiseWork(StoreChange[] changes) : StoreWork
{
    private readonly TaskCompletionSource<bool> _answer = new();

    public ValueTask<bool> Task => new(_answer.Task);

    /// <inheritdoc/>
    public override bool IsSynced => true;

    /// <inheritdoc/>
    public override void Run(ChangeWriter writer)
    {
        foreach (StoreChange change in changes)
        {
            writer.Apply(change);
        }
    }

    /// <inheritdoc/>
    public override void Answer(bool isDone) => _answer.TrySetResult(isDone);
}

/// <summary>A message for a mailbox.</summary>
internal sealed class MailWork(StoredMail mail, MailLimits limits) : StoreWork
{
    private readonly TaskCompletionSource<MailResult> _answer = new();
    private MailResult _result;

    public ValueTask<MailResult> Task => new(_answer.Task);

    /// <inheritdoc/>
    public override bool IsSynced => true;

    /// <inheritdoc/>
    public override void Run(ChangeWriter writer) => _result = writer.Add(mail, limits);

    /// <inheritdoc/>
    public override void Answer(bool isDone) => _answer.TrySetResult(isDone ? _result : MailResult.NotWritten);
}

/// <summary>A question: it is answered once all that was said before is written.</summary>
/// <param name="read">Answers it at once, on the thread that writes; null where another one reads.</param>
/// <param name="pass">Passes it on to the thread that reads; where there is none, answers it with nothing.</param>
internal sealed class ReadWork(Action? read, Action pass) : StoreWork
{
    /// <inheritdoc/>
    public override bool IsUrgent => true;

    /// <inheritdoc/>
    public override void Run(ChangeWriter writer) => read?.Invoke();

    /// <inheritdoc/>
    public override void Answer(bool isDone)
    {
        if (read is null || !isDone)
        {
            pass();
        }
    }
}

/// <summary>Begins a backup.</summary>
internal sealed class BackupWork(StoreBackup backup, StoreUpkeep upkeep) : StoreWork
{
    /// <inheritdoc/>
    public override bool IsUrgent => true;

    /// <inheritdoc/>
    public override void Run(ChangeWriter writer) => upkeep.Begin(backup);

    /// <inheritdoc/>
    public override void Answer(bool isDone)
    {
        if (!isDone && !backup.IsBegun)
        {
            backup.End("the disk takes nothing at present");
        }
    }
}
