namespace AotChat.Workers;

/// <summary>One message on the pipe between server and worker.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="JobId">Which job it speaks of; 0 where none.</param>
/// <param name="Payload">The rest, as the kind has it.</param>
internal readonly record struct Frame(FrameKind Kind, uint JobId, ReadOnlyMemory<byte> Payload);
