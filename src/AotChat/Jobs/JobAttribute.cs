namespace AotChat.Jobs;

/// <summary>
/// Makes a static method a job: it runs in a worker process, and commands call it through the generated method of the
/// same name on <c>IJobRunner</c>. Arguments and results cross a pipe: <see cref="bool"/>, <see cref="int"/>,
/// <see cref="long"/>, <see cref="double"/>, <see cref="string"/> and <see cref="Uri"/>; a last
/// <see cref="CancellationToken"/> parameter stays in the worker.
/// </summary>
/// <remarks>
/// A job may run twice (once more after its worker crashed), so it must be idempotent. The message of an exception
/// that it throws reaches the user; its stack stays in the worker's log.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JobAttribute : Attribute;
