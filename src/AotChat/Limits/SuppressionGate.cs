namespace AotChat.Limits;

/// <summary>
/// Lets through what a budget allows, counts the rest, and tells the count: in front of the next one that passes, or when it
/// is asked to. Belongs to one thread.
/// </summary>
/// <param name="budget">How many may pass; several gates may share it.</param>
/// <param name="tell">Gets how many were suppressed, one at least.</param>
internal sealed class SuppressionGate(RateBudget budget, Action<int> tell)
{
    private int _suppressed;

    /// <summary>Whether the next one may pass; one that may not is counted.</summary>
    public bool TryPass()
    {
        if (!budget.TryPass())
        {
            _suppressed++;
            return false;
        }

        Tell();
        return true;
    }

    /// <summary>Tells how many were suppressed, once another one could pass again.</summary>
    public void TellIfOpen()
    {
        if (_suppressed > 0 && budget.IsOpen)
        {
            Tell();
        }
    }

    /// <summary>Tells how many were suppressed; nothing where none was.</summary>
    public void Tell()
    {
        if (_suppressed > 0)
        {
            int count = _suppressed;
            _suppressed = 0;
            tell(count);
        }
    }
}
