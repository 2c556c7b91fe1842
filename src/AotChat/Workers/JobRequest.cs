namespace AotChat.Workers;

/// <summary>What is to be run, and for whom.</summary>
/// <param name="Index">The job's index in the generated table.</param>
/// <param name="Arguments">The arguments as <see cref="PayloadWriter"/> encodes them; must not change afterwards.</param>
/// <param name="Owner">The user who asks for it: the limits by user hold for this object.</param>
/// <param name="Block">The block of addresses that the owner connects from: the limits by address hold for it.</param>
/// <param name="Recipient">The user who gets the result, where that is another; the job ends with either of them.</param>
/// <param name="Call">How its owner asked for it, for lists of jobs.</param>
internal sealed record JobRequest(ushort Index, ReadOnlyMemory<byte> Arguments, object Owner, UInt128 Block, object? Recipient, string Call);
