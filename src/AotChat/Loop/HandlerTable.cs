namespace AotChat.Loop;

/// <summary>The handlers of an event loop by the tokens that their events carry. Owned by the event loop.</summary>
internal sealed class HandlerTable
{
    private readonly List<IReadyHandler?> _handlers = [];
    private readonly Stack<int> _free = [];
    private readonly List<int> _freed = [];

    /// <summary>How many handlers are registered.</summary>
    public int Count => _handlers.Count - _free.Count - _freed.Count;

    /// <summary>The handler that a token stands for; null where it was unregistered in this turn.</summary>
    public IReadyHandler? this[int token] => _handlers[token];

    /// <summary>Registers a handler and returns the token that its events carry.</summary>
    public int Register(IReadyHandler handler)
    {
        if (_free.TryPop(out int token))
        {
            _handlers[token] = handler;
            return token;
        }

        _handlers.Add(handler);
        return _handlers.Count - 1;
    }

    /// <summary>
    /// Forgets a handler. Its token is given to another from the next turn on: events of this turn may still carry it.
    /// </summary>
    public void Unregister(int token)
    {
        _handlers[token] = null;
        _freed.Add(token);
    }

    /// <summary>The turn is over: tokens that were freed in it may be given out again.</summary>
    public void EndTurn()
    {
        foreach (int token in _freed)
        {
            _free.Push(token);
        }

        _freed.Clear();
    }
}
