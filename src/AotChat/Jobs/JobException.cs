namespace AotChat.Jobs;

/// <summary>
/// A job can't be done, for a reason that its user should hear: one clause, <c>HTTP 404</c>. Every other exception in
/// a job is a bug, and is logged with its stack.
/// </summary>
internal sealed class JobException(string reason) : Exception(reason);
