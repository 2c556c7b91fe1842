namespace AotChat.Workers;

/// <summary>What a job says of itself; the table of all of them is generated.</summary>
/// <param name="Name">What it is called: its method's name without <c>Async</c>.</param>
/// <param name="Lane">What it spends its time on.</param>
/// <param name="IsIdempotent">Whether it may run once more after its worker crashed.</param>
/// <param name="TimeLimitSeconds">How many seconds it may take; 0 = the server's option holds.</param>
/// <param name="MemoryLimitMiB">How much memory its worker may take, in MiB; 0 = the server's option holds.</param>
internal sealed record JobInfo(string Name, Jobs.JobLane Lane, bool IsIdempotent, int TimeLimitSeconds, int MemoryLimitMiB);
