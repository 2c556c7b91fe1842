namespace AotChat.Commands;

/// <content>What runs besides the call of a command: hooks, and what is scheduled.</content>
internal sealed partial class CommandContext
{
    private readonly bool _isHook;

    // Of the session; null where nothing was ever scheduled.
    private HashSet<ScheduledCall>? _scheduled;
    private bool _hasLeft;

    private CommandContext(CommandContext session)
        : this(session, null)
    {
        _isHook = true;
    }

    /// <summary>
    /// Runs a callback later, on the event loop: never early, and late where the loop is busy. It does not run where the
    /// caller has left before. To repeat something, schedule it anew each time.
    /// </summary>
    /// <returns>Disposing it cancels the callback.</returns>
    public IDisposable Schedule(TimeSpan delay, Action callback) => Schedule(delay, () =>
    {
        callback();
        return default;
    });

    /// <summary>The same for a callback that awaits something.</summary>
    public IDisposable Schedule(TimeSpan delay, Func<ValueTask> callback)
    {
        ScheduledCall call = new(_session._scheduled ??= []);
        if (!_session._hasLeft)
        {
            call.Start(Chat.Scheduler ?? throw new InvalidOperationException("Nothing runs timers here."), delay, () => Run(callback));
        }

        return call;
    }

    /// <summary>Ends the presence of the caller's session and, with the last one, of the caller.</summary>
    /// <param name="lastWords">The last words, for users who share a room; may be empty.</param>
    /// <param name="isTold">Whether those users are told.</param>
    internal void Leave(ReadOnlySpan<byte> lastWords, bool isTold)
    {
        bool hadLeft = _hasLeft;
        _hasLeft = true;
        try
        {
            EndScheduled();

            // A second try, after a failure halfway, is for the chat alone: the hooks have been called.
            if (!hadLeft)
            {
                TellLeavingChat();
            }
        }
        finally
        {
            Chat.Leave(Session, lastWords, isTold);
        }
    }

    /// <summary>The caller has joined a room: tells the hooks, unless a hook did it.</summary>
    internal void TellJoined(Room room)
    {
        if (!_isHook)
        {
            CommandHooks.Joined(this, room);
        }
    }

    /// <summary>The caller is about to leave a room, and stays in the chat: tells the hooks, unless a hook does it.</summary>
    internal void TellLeaving(Room room)
    {
        if (!_isHook)
        {
            CommandHooks.Leaving(this, room);
        }
    }

    /// <summary>For the generated hooks: the caller's context; what a hook says through it calls no hook.</summary>
    internal CommandContext ForHook() => new(_session);

    /// <summary>For the generated hooks: one has failed, which ends nothing else.</summary>
    internal void Failed(Exception exception)
    {
        // Nobody waits any more for a job that ends since its user has left.
        if (!IsCancellation(exception) && !(exception is JobFailedException && _session._hasLeft))
        {
            Chat.Failed?.Invoke(exception);
        }
    }

    /// <summary>For the generated hooks: one that awaits something.</summary>
    internal void Run(ValueTask hook)
    {
        if (hook.IsCompletedSuccessfully)
        {
            hook.GetAwaiter().GetResult();
        }
        else
        {
            _ = AwaitAsync(hook);
        }
    }

    private void EndScheduled()
    {
        foreach (ScheduledCall call in _scheduled?.ToArray() ?? [])
        {
            call.Dispose();
        }
    }

    // Where it is the user's last session.
    private void TellLeavingChat()
    {
        if (User.Sessions is [var last] && last == Session)
        {
            for (int i = 0; i < User.Memberships.Length; i++)
            {
                CommandHooks.Leaving(this, User.Memberships[i].Room);
            }

            CommandHooks.Leaving(this);
        }
    }

    private async Task AwaitAsync(ValueTask hook)
    {
        try
        {
            await hook;
        }
        catch (Exception exception)
        {
            Failed(exception);
        }
    }

    private void Run(Func<ValueTask> callback)
    {
        try
        {
            Run(callback());
        }
        catch (Exception exception)
        {
            Failed(exception);
        }
    }
}
