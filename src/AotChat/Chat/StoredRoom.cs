using System.Collections.Immutable;

namespace AotChat.Chat;

/// <summary>A room as it is kept, without its lines.</summary>
/// <param name="Id">Its number; never given twice.</param>
/// <param name="Name">Its name, without <c>#</c>.</param>
/// <param name="Topic">What it is about; empty for nothing.</param>
/// <param name="OpenerBlock">Where its opener connected from; see <see cref="IUserSession.OriginBlock"/>.</param>
/// <param name="Owner">The account that owns it; 0 for none.</param>
/// <param name="Modes">What is switched on.</param>
/// <param name="SlowSeconds">How many seconds must lie between two lines of one user; 0 for none.</param>
/// <param name="Voices">The accounts that may talk while it is moderated.</param>
/// <param name="Invited">The accounts that may join while it is only for those invited.</param>
/// <param name="LastNumber">The number of its last line; when saving, what is kept of it stays where it is higher.</param>
internal sealed record StoredRoom(
    long Id,
    string Name,
    string Topic,
    UInt128 OpenerBlock,
    long Owner,
    RoomModes Modes,
    int SlowSeconds,
    ImmutableArray<long> Voices,
    ImmutableArray<long> Invited,
    long LastNumber);

/// <summary>What can be switched on in a room. The numbers are on disk.</summary>
[Flags]
internal enum RoomModes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Only its owner sets the topic.</summary>
    TopicLock = 1,

    /// <summary>Only invited users may join.</summary>
    InviteOnly = 2,

    /// <summary>It is not listed; names and history are for members.</summary>
    Hidden = 4,

    /// <summary>Only users with a voice may talk.</summary>
    Moderated = 8,
}
