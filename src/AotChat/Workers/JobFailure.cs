namespace AotChat.Workers;

/// <summary>How a job failed in its worker.</summary>
internal enum JobFailure : byte
{
    /// <summary>It said why.</summary>
    Said = 0,

    /// <summary>It stopped because it was told to.</summary>
    Cancelled = 1,

    /// <summary>It wanted more memory than it may have; its worker ends.</summary>
    OutOfMemory = 2,
}
