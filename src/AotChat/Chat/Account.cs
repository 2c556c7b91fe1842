namespace AotChat.Chat;

/// <summary>What stays of somebody when everybody has left: a name, and whatever belongs to it. Owned by the event loop.</summary>
/// <param name="name">What its owner is called; safe for a terminal, without spaces.</param>
internal sealed class Account(byte[] name)
{
    /// <summary>What its owner is called, in UTF-8.</summary>
    public ReadOnlySpan<byte> Name => name;

    /// <summary>Who is present for it, through one session or several; null while nobody is.</summary>
    public User? User { get; internal set; }
}
