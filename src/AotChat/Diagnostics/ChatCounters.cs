namespace AotChat.Diagnostics;

/// <summary>
/// What happens in the chat, in numbers that only grow but for <see cref="Connections"/>, <see cref="InboxBytes"/> and
/// <see cref="OutboxBytes"/>.
/// Written by the event loop alone; another thread may read a number that is a moment old.
/// </summary>
internal sealed class ChatCounters(LoopStatistics loop)
{
    /// <summary>The event loop's turns and its longest one.</summary>
    public LoopStatistics Loop { get; } = loop;

    /// <summary>Connections open now.</summary>
    public long Connections { get; set; }

    /// <summary>Connections that became a session.</summary>
    public long Accepted { get; set; }

    /// <summary>Connections refused because as many as allowed were open.</summary>
    public long RefusedFull { get; set; }

    /// <summary>Connections refused because their address had as many open as allowed.</summary>
    public long RefusedAddress { get; set; }

    /// <summary>Connections refused because their address opened them too fast.</summary>
    public long RefusedRate { get; set; }

    /// <summary>Connections refused because of a ban, or because the server was locked.</summary>
    public long RefusedUnwanted { get; set; }

    /// <summary>Connections closed because they spoke another protocol.</summary>
    public long RefusedProtocol { get; set; }

    /// <summary>Lines received, empty and overlong ones included.</summary>
    public long LinesIn { get; set; }

    /// <summary>Bytes received.</summary>
    public long BytesIn { get; set; }

    /// <summary>Lines handed to readers, answers included.</summary>
    public long LinesOut { get; set; }

    /// <summary>Bytes that the kernel took for readers.</summary>
    public long BytesOut { get; set; }

    /// <summary>Lines from others, or from a job, handed to readers.</summary>
    public long Deliveries { get; set; }

    /// <summary>Lines to many that a slow reader missed; it was told how many.</summary>
    public long Dropped { get; set; }

    /// <summary>Lines to one that were refused because the reader was slow; the sender was told.</summary>
    public long Undelivered { get; set; }

    /// <summary>Readers disconnected because they did not read.</summary>
    public long SlowDisconnects { get; set; }

    /// <summary>Sessions closed because nothing came within the time limit.</summary>
    public long IdleDisconnects { get; set; }

    /// <summary>Sessions closed because the input of all took all the memory that it may take, and theirs the most.</summary>
    public long InputDisconnects { get; set; }

    /// <summary>How often reading paused because lines came too fast.</summary>
    public long FloodPauses { get; set; }

    /// <summary>Bytes of the buffers that hold input that has not run yet.</summary>
    public long InboxBytes { get; set; }

    /// <summary>Bytes of the buffers that hold what slow readers have not read yet.</summary>
    public long OutboxBytes { get; set; }
}
