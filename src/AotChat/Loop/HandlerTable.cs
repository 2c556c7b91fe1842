namespace AotChat.Loop;

/// <summary>The handlers of an event loop by the tokens that their events carry. Owned by the event loop.</summary>
internal sealed class HandlerTable
{
    private readonly List<Slot> _slots = [];
    private readonly Stack<int> _free = [];

    /// <summary>How many handlers are registered.</summary>
    public int Count => _slots.Count - _free.Count;

    /// <summary>The handler that a token stands for; null where it was unregistered.</summary>
    public IReadyHandler? this[LoopToken token]
    {
        get
        {
            Slot slot = _slots[token.Slot];
            return slot.Generation == token.Generation ? slot.Handler : null;
        }
    }

    /// <summary>Registers a handler and returns the token that its events carry.</summary>
    public LoopToken Register(IReadyHandler handler)
    {
        if (!_free.TryPop(out int index))
        {
            index = _slots.Count;
            _slots.Add(default);
        }

        uint generation = _slots[index].Generation;
        _slots[index] = new Slot(handler, generation);
        return new LoopToken(index, generation);
    }

    /// <summary>Forgets a handler; does nothing where that was done before. Events that still carry its token reach nobody.</summary>
    public void Unregister(LoopToken token)
    {
        if (this[token] is not null)
        {
            _slots[token.Slot] = new Slot(null, unchecked(token.Generation + 1));
            _free.Push(token.Slot);
        }
    }

    private readonly record struct Slot(IReadyHandler? Handler, uint Generation);
}
