namespace AotChat.Chat;

/// <summary>What the server keeps of a person after the last session: a name, and what belongs to it. Owned by the event loop.</summary>
/// <param name="name">The owner's name; safe for a terminal, without spaces.</param>
internal sealed class Account(byte[] name)
{
    /// <summary>The owner's name, in UTF-8.</summary>
    public ReadOnlySpan<byte> Name => name;

    /// <summary>The user present for it, through one session or several; null while there is none.</summary>
    public User? User { get; internal set; }
}
