namespace AotChat.Chat;

/// <summary>A ban or mute as it is kept. Times are in ticks of UTC.</summary>
/// <param name="Id">Its number; never given twice.</param>
/// <param name="Kind">What it forbids.</param>
/// <param name="Room">The room that it holds in; 0 for the whole server.</param>
/// <param name="Account">The account that it holds for; 0 where it is about a name or an address.</param>
/// <param name="Name">The name that it holds for, or was made for; empty where it is about an address.</param>
/// <param name="Address">The address or range that it holds for, as <c>10.0.0.0/8</c>; empty for none.</param>
/// <param name="By">The name of the user who made it.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="Since">When it was made.</param>
/// <param name="Until">When it ends; <see cref="Forever"/> for never.</param>
internal sealed record StoredBan(
    long Id, BanKind Kind, long Room, long Account, string Name, string Address, string By, string Reason, long Since, long Until)
{
    /// <summary>The end of a ban that has none.</summary>
    public const long Forever = long.MaxValue;
}

/// <summary>What a <see cref="StoredBan"/> forbids. The numbers are on disk.</summary>
internal enum BanKind
{
    /// <summary>Being there.</summary>
    Ban = 0,

    /// <summary>Talking there.</summary>
    Mute = 1,
}
