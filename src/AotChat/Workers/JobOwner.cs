namespace AotChat.Workers;

/// <summary>What one user has in the pool. Owned by the event loop.</summary>
internal sealed class JobOwner
{
    /// <summary>How many of its jobs wait, in all lanes.</summary>
    public int Waiting { get; set; }

    /// <summary>How many of its jobs run, in all lanes; one that was cancelled and has not stopped yet is one.</summary>
    public int Running { get; set; }

    /// <summary>Whether it has nothing in the pool.</summary>
    public bool IsIdle => Waiting == 0 && Running == 0;
}
