namespace AotChat.Chat;

/// <summary>What the chat is given of the store when it starts.</summary>
/// <param name="Accounts">All accounts.</param>
/// <param name="Rooms">All rooms.</param>
/// <param name="Bans">All bans and mutes, also those that have ended meanwhile.</param>
internal sealed record StoredState(IReadOnlyList<StoredAccount> Accounts, IReadOnlyList<StoredRoom> Rooms, IReadOnlyList<StoredBan> Bans)
{
    /// <summary>That of a new store.</summary>
    public static StoredState Empty { get; } = new([], [], []);
}
