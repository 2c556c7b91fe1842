namespace AotChat.Workers;

/// <summary>What is to be run, and for whom.</summary>
/// <param name="Index">The job's index in the generated table.</param>
/// <param name="Arguments">The arguments as <see cref="PayloadWriter"/> encodes them; must not change afterwards.</param>
/// <param name="Owner">Who asks for it: the limits by user hold for this object.</param>
/// <param name="Block">The block of addresses that the owner connects from: the limits by address hold for it.</param>
/// <param name="Recipient">Who gets the result, where that is somebody else; without either of them it is of no use.</param>
/// <param name="Call">How its owner asked for it, for lists of jobs.</param>
internal sealed record JobRequest(ushort Index, ReadOnlyMemory<byte> Arguments, object Owner, UInt128 Block, object? Recipient, string Call);
