namespace AotChat.Load;

/// <summary>What is said by whom, and how fast.</summary>
internal sealed record TrafficPlan
{
    /// <summary>Those who hear it, the senders included.</summary>
    public required int Clients { get; init; }

    /// <summary>How many of them speak.</summary>
    public required int Senders { get; init; }

    /// <summary>Whether each client speaks to the next one alone; otherwise to all.</summary>
    public bool IsDirect { get; init; }

    /// <summary>Whether all are in one room and speak there; otherwise they broadcast.</summary>
    public bool IsInRoom { get; init; }

    /// <summary>Messages a second of all senders together, evenly paced; 0 for as fast as it goes.</summary>
    public int Rate { get; init; }

    /// <summary>As fast as it goes: how many messages of a sender the last client may not have heard yet.</summary>
    public int Window { get; init; } = 16;

    /// <summary>Clients more that never read.</summary>
    public int Slow { get; init; }

    /// <summary>The length of a message in bytes.</summary>
    public int Bytes { get; init; } = 64;

    /// <summary>How many hear a message.</summary>
    public int Hearers => IsDirect ? 1 : Clients - 1;
}
