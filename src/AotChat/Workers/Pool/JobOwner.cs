namespace AotChat.Workers.Pool;

/// <summary>What one user has in the pool. Owned by the event loop.</summary>
/// <param name="block">What the user's address block has.</param>
internal sealed class JobOwner(JobBlock block)
{
    /// <summary>What the user's address block has.</summary>
    public JobBlock Block { get; } = block;

    /// <summary>How many of its jobs wait, in all lanes.</summary>
    public int Waiting { get; set; }

    /// <summary>How many of its jobs run, in all lanes; one that was cancelled and has not stopped yet is one.</summary>
    public int Running { get; set; }

    /// <summary>Whether it has nothing in the pool.</summary>
    public bool IsIdle => Waiting == 0 && Running == 0;
}

/// <summary>What all users of one block of addresses have in the pool. Owned by the event loop.</summary>
/// <param name="address">The block; all connections of this machine are one.</param>
internal sealed class JobBlock(UInt128 address)
{
    /// <summary>The block; all connections of this machine are one.</summary>
    public UInt128 Address { get; } = address;

    /// <summary>How many of its jobs wait, in all lanes.</summary>
    public int Waiting { get; set; }

    /// <summary>How many of its users have something in the pool.</summary>
    public int Owners { get; set; }
}
