namespace AotChat.Generators.Models;

/// <summary>What a job's attribute says of it.</summary>
/// <param name="Lane">The member of <c>JobLane</c>.</param>
/// <param name="IsIdempotent">Whether it may run twice.</param>
/// <param name="TimeLimitSeconds">Its own limit on time; 0 for none.</param>
/// <param name="MemoryLimitMiB">Its own limit on memory; 0 for none.</param>
internal sealed record JobTraits(string Lane, bool IsIdempotent, int TimeLimitSeconds, int MemoryLimitMiB);
