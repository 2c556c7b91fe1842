using AotChat.Configuration;
using AotChat.Limits;
using AotChat.Transport;

namespace AotChat.Connections;

/// <summary>
/// How many connections an address has open and how fast it opens them. This machine itself and trusted addresses are
/// not limited. Owned by the event loop.
/// </summary>
internal sealed class AddressLimits(ChatOptions options, TimeProvider time)
{
    // An address is forgotten when it has no connection and its rate has recovered; looked for when the table has doubled.
    private const int SmallestSweep = 1024;

    private readonly Dictionary<UInt128, Entry> _entries = [];
    private int _sweepAt = SmallestSweep;

    /// <summary>How many addresses are remembered.</summary>
    public int Count => _entries.Count;

    // Made anew each time, since it may change while the server runs.
    private RateLimit Rate => new(options.AcceptRatePerAddress, options.AcceptRatePerAddress, time.TimestampFrequency);

    /// <summary>Counts a new connection, or says why it is refused.</summary>
    /// <param name="peer">Where it comes from.</param>
    /// <param name="now">A timestamp of the clock.</param>
    /// <param name="isCounted">Whether it is to be counted off with <see cref="Leave"/>, whatever the limits are by then.</param>
    public AddressAdmission TryEnter(PeerAddress peer, long now, out bool isCounted)
    {
        isCounted = false;
        if (IsExempt(peer))
        {
            return AddressAdmission.Granted;
        }

        RateLimit rate = Rate;
        Sweep(now);
        UInt128 block = BlockOf(peer);
        if (!_entries.TryGetValue(block, out Entry? entry))
        {
            entry = new Entry();
            _entries.Add(block, entry);
        }

        if (!entry.Rate.IsOpen(now, rate))
        {
            return AddressAdmission.TooFast;
        }

        entry.Rate.Pass(now, rate);
        if (options.MaxConnectionsPerAddress > 0 && entry.Connections >= options.MaxConnectionsPerAddress)
        {
            return AddressAdmission.TooMany;
        }

        entry.Connections++;
        isCounted = true;
        return AddressAdmission.Granted;
    }

    /// <summary>Counts off a connection that was counted.</summary>
    public void Leave(PeerAddress peer)
    {
        UInt128 block = BlockOf(peer);
        Entry entry = _entries[block];
        entry.Connections--;
        if (entry.Connections == 0 && !Rate.IsOn)
        {
            _entries.Remove(block);
        }
    }

    /// <summary>Whether an address is one of the trusted ones.</summary>
    public bool IsTrusted(PeerAddress peer) =>
        !options.Trusted.IsEmpty && peer.ToIPAddress() is { } address && options.Trusted.Contains(address);

    private bool IsExempt(PeerAddress peer) =>
        peer.IsThisMachine || (options.MaxConnectionsPerAddress == 0 && !Rate.IsOn) || IsTrusted(peer);

    private void Sweep(long now)
    {
        if (_entries.Count < _sweepAt)
        {
            return;
        }

        foreach ((UInt128 block, Entry entry) in _entries)
        {
            if (entry.Connections == 0 && entry.Rate.IsFresh(now))
            {
                // A dictionary may lose entries while it is walked.
                _entries.Remove(block);
            }
        }

        _sweepAt = Math.Max(SmallestSweep, _entries.Count * 2);
    }

    private static UInt128 BlockOf(PeerAddress peer) => new(peer.Block.High, peer.Block.Low);

    private sealed class Entry
    {
        public int Connections;
        public RateGate Rate;
    }
}
