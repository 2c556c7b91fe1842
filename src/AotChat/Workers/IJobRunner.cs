namespace AotChat.Workers;

/// <summary>
/// Runs jobs somewhere else than on the event loop. Commands do not call it: they call the generated methods on it,
/// one for each <c>[Job]</c>.
/// </summary>
internal interface IJobRunner
{
    /// <summary>
    /// Runs one job and completes, on the event loop, with the encoded result. To be called on the event loop.
    /// </summary>
    /// <param name="job">The job's index in the generated table.</param>
    /// <param name="arguments">The arguments as <see cref="PayloadWriter"/> encodes them; must not change afterwards.</param>
    /// <param name="cancellationToken">Ends the job without a result when it is cancelled.</param>
    /// <exception cref="JobFailedException">The job was refused, failed, was lost or cancelled; the message is for the user.</exception>
    ValueTask<ReadOnlyMemory<byte>> RunAsync(ushort job, ReadOnlyMemory<byte> arguments, CancellationToken cancellationToken);
}
