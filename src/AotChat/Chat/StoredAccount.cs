using System.Collections.Immutable;

namespace AotChat.Chat;

/// <summary>An account as it is kept. Times are in ticks of UTC.</summary>
/// <param name="Id">Its number; never given twice, also after the account is gone.</param>
/// <param name="Name">The owner's name; safe for a terminal, without spaces.</param>
/// <param name="Keys">What proves the password.</param>
/// <param name="Created">When it was registered.</param>
/// <param name="LastLogin">When its owner last logged in.</param>
/// <param name="Preferences">How the owner wants things.</param>
internal sealed record StoredAccount(long Id, string Name, ScramKeys Keys, long Created, long LastLogin, StoredPreferences Preferences);

/// <summary>The keys of SCRAM-SHA-256 (RFC 5802, RFC 7677), from which the password can't be read.</summary>
/// <param name="Salt">Random bytes.</param>
/// <param name="Iterations">How often PBKDF2 hashes.</param>
/// <param name="StoredKey">32 bytes; proves the client.</param>
/// <param name="ServerKey">32 bytes; proves the server.</param>
internal sealed record ScramKeys(ImmutableArray<byte> Salt, int Iterations, ImmutableArray<byte> StoredKey, ImmutableArray<byte> ServerKey);

/// <summary>What an account brings along at each login.</summary>
/// <param name="Clock">The form of times.</param>
/// <param name="Zone">The time zone's name; empty for the server's.</param>
/// <param name="HasColours">See <see cref="ReaderPreferences.HasColours"/>.</param>
/// <param name="RingsBell">See <see cref="ReaderPreferences.RingsBell"/>.</param>
/// <param name="IgnoredAccounts">The numbers of accounts that the owner ignores.</param>
/// <param name="Rooms">The names of the rooms that the owner is in, in order of joining.</param>
/// <param name="Away">The reason for being away, empty for none; null where the owner is not away.</param>
internal sealed record StoredPreferences(
    LineClock Clock,
    string Zone,
    bool HasColours,
    bool RingsBell,
    ImmutableArray<long> IgnoredAccounts,
    ImmutableArray<string> Rooms,
    string? Away)
{
    /// <summary>Those of somebody who has asked for nothing.</summary>
    public static StoredPreferences Usual { get; } = new(LineClock.Long, "", false, false, [], [], null);
}
