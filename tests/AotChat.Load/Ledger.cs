namespace AotChat.Load;

/// <summary>
/// What each sender's messages did on the way to each recipient: they are numbered without gaps, so that whatever is
/// lost, doubled or out of order shows. Nothing is allocated while all goes well.
/// </summary>
internal sealed class Ledger(int recipients, int senders)
{
    // Beyond so many the run has failed anyway.
    private const int MaxMissing = 1_000_000;

    private readonly int[] _next = new int[recipients * senders];
    private readonly HashSet<(int Pair, int Number)> _missing = [];

    /// <summary>Messages that arrived, each once.</summary>
    public long Received { get; private set; }

    /// <summary>Messages that arrived again.</summary>
    public long Duplicated { get; private set; }

    /// <summary>Messages that arrived after a later one of the same sender.</summary>
    public long Misordered { get; private set; }

    /// <summary>Lines that were no message, or a changed one.</summary>
    public long Corrupt { get; set; }

    /// <summary>Notes that a message arrived; numbers begin with 0.</summary>
    public void Note(int recipient, int sender, int number)
    {
        if ((uint)sender >= (uint)senders)
        {
            Corrupt++;
            return;
        }

        int pair = (recipient * senders) + sender;
        int next = _next[pair];
        if (number == next)
        {
            _next[pair] = next + 1;
            Received++;
        }
        else if (number > next)
        {
            for (int missing = next; missing < number && _missing.Count < MaxMissing; missing++)
            {
                _missing.Add((pair, missing));
            }

            _next[pair] = number + 1;
            Received++;
        }
        else if (_missing.Remove((pair, number)))
        {
            Misordered++;
            Received++;
        }
        else
        {
            Duplicated++;
        }
    }
}
