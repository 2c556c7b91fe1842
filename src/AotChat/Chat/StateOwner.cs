namespace AotChat.Chat;

/// <summary>
/// An owner of commands' own state: a user, a room, the server. It holds one object per type; state that was never
/// asked for takes no memory. Owned by the event loop.
/// </summary>
internal abstract class StateOwner
{
    private static readonly List<object> Ended = [];

    // In no order: a few commands at most have state of one owner.
    private List<object>? _states;

    /// <summary>
    /// The state of this type that belongs to it, made when it is first asked for. It ends with its owner, and is disposed
    /// then where it is <see cref="IDisposable"/>. An owner that has ended keeps nothing: each call makes a new one.
    /// </summary>
    public T State<T>()
        where T : class, new()
    {
        foreach (object state in _states ?? Ended)
        {
            if (state.GetType() == typeof(T))
            {
                return (T)state;
            }
        }

        T made = new();
        if (_states != Ended)
        {
            (_states ??= []).Add(made);
        }

        return made;
    }

    /// <summary>Ends all of its state; each ends though another fails.</summary>
    /// <param name="failed">Called with what a state throws.</param>
    internal void EndState(Action<Exception>? failed)
    {
        List<object> states = _states ?? Ended;
        _states = Ended;
        foreach (object state in states)
        {
            try
            {
                (state as IDisposable)?.Dispose();
            }
            catch (Exception exception)
            {
                failed?.Invoke(exception);
            }
        }
    }
}
