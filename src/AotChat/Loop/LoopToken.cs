namespace AotChat.Loop;

/// <summary>
/// What an event of the poller carries to find its handler: a slot, and which of the slot's successive handlers is meant.
/// So an event of a descriptor that is closed meanwhile never reaches the slot's next handler.
/// </summary>
/// <param name="Slot">The index in <see cref="HandlerTable"/>; 0 or more.</param>
/// <param name="Generation">How often the slot was given back before; begins again after 2³² times.</param>
internal readonly record struct LoopToken(int Slot, uint Generation)
{
    /// <summary>Both in the 64 bits that epoll(7) keeps for a descriptor; never all ones, since no slot is negative.</summary>
    public ulong Packed => ((ulong)(uint)Slot << 32) | Generation;

    /// <summary>Reverses <see cref="Packed"/>.</summary>
    public static LoopToken Unpack(ulong packed) => new((int)(packed >> 32), (uint)packed);
}
