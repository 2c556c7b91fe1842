namespace AotChat.Jobs;

/// <summary>
/// Makes a static method a job: it runs in a worker process, and commands call it through the generated method of the
/// same name on <c>IJobRunner</c>. Arguments and results cross a pipe: numbers, texts, bytes, URLs, times, enums, arrays
/// of them, and sealed records made of them. A last <see cref="CancellationToken"/> parameter stays in the worker.
/// </summary>
/// <remarks>
/// An idempotent job may run twice: once more after its worker crashed. The message of an exception that it throws
/// reaches the user; its stack stays in the worker's log.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JobAttribute : Attribute
{
    /// <summary>What the job spends its time on. Default: <see cref="JobLane.Cpu"/>.</summary>
    public JobLane Lane { get; set; }

    /// <summary>Whether it may run once more after its worker crashed. Default: true.</summary>
    public bool IsIdempotent { get; set; } = true;

    /// <summary>How many seconds it may take. Default: 0, the server's option holds.</summary>
    public int TimeLimitSeconds { get; set; }

    /// <summary>How much memory its worker may take, in MiB. Default: 0, the server's option holds.</summary>
    public int MemoryLimitMiB { get; set; }
}
