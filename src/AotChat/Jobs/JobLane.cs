namespace AotChat.Jobs;

/// <summary>What a job spends its time on; jobs of one lane do not wait behind those of the other.</summary>
internal enum JobLane
{
    /// <summary>Computing: a processor is busy all the time.</summary>
    Cpu,

    /// <summary>Waiting for the network or a disk.</summary>
    Io,
}
