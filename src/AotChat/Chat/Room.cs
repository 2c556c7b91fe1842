using System.Runtime.InteropServices;
using System.Text;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>A place where several talk. Owned by the event loop; changed by <see cref="RoomDirectory"/> alone.</summary>
internal sealed class Room(byte[] name, byte[] key) : StateOwner
{
    // In order of joining, side by side in memory: a line is handed to all of them far more often than somebody leaves.
    private readonly List<User> _members = [];

    /// <summary>Its number in the store.</summary>
    public required long Id { get; init; }

    /// <summary>Its name, without <c>#</c>, as its founder wrote it.</summary>
    public ReadOnlySpan<byte> Name => name;

    /// <summary>What it is about, in UTF-8, safe for a terminal; empty where nobody has said.</summary>
    public byte[] Topic { get; set; } = [];

    /// <summary>The people in it, in order of joining.</summary>
    public ReadOnlySpan<User> Members => CollectionsMarshal.AsSpan(_members);

    /// <summary>Where its lines are in the <see cref="HistoryStore"/>.</summary>
    public HistoryIndex History { get; } = new();

    /// <summary>What its owner has made of it; in effect, and on disk.</summary>
    public RoomSettings Settings { get; internal set; } = RoomSettings.None;

    /// <summary>The account that owns it; 0 for none.</summary>
    public long Owner => Settings.Owner;

    /// <summary>
    /// Whether more than being in it is asked of those who talk, mutes aside: it is moderated, or slow. Looked at for each
    /// line.
    /// </summary>
    public bool IsRestricted => Settings.SlowSeconds > 0 || Settings.Has(RoomModes.Moderated);

    /// <summary>The time between two lines of one user; zero for none.</summary>
    public TimeSpan SlowPause => new(Settings.SlowSeconds * TimeSpan.TicksPerSecond);

    /// <summary>When users last talked in it while it is slow.</summary>
    public RoomPace Pace { get; } = new();

    /// <summary>The guests who may join while it is only for those invited; they have no account that could be kept.</summary>
    public List<User> InvitedGuests { get; } = [];

    /// <summary>Whether it is about to be closed, so that nothing more of it is kept.</summary>
    public bool IsClosing { get; set; }

    /// <summary>The settings as they were last given to the store: those in effect, and what is not on disk yet.</summary>
    internal RoomSettings Submitted { get; set; } = RoomSettings.None;

    /// <summary>How many changes of the settings the store has not answered yet.</summary>
    internal int PendingSaves { get; set; }

    /// <summary>Whether one of them failed, so that what is on disk may be none of what was in effect.</summary>
    internal bool HasFailedSave { get; set; }

    /// <summary>The accounts that have gone while the store had changes to answer: such a change gives them nothing any more.</summary>
    internal List<long> GoneAccounts { get; } = [];

    /// <summary>Where its founder connected from; the room counts for that address block where nobody owns it.</summary>
    internal UInt128 OpenerBlock { get; init; }

    /// <summary>Whom it counts for: its owner or, where it has none, the address block that it was opened from.</summary>
    internal RoomHolder Holder => RoomHolder.Of(Owner, OpenerBlock);

    /// <summary>The name folded by <see cref="LookAlikes"/>, the directory's key.</summary>
    internal byte[] NameKey => key;

    /// <summary>The name as text, for logs.</summary>
    public override string ToString() => "#" + Encoding.ASCII.GetString(name);

    /// <summary>The room as it is to be kept.</summary>
    internal StoredRoom ToStored(RoomSettings settings) => new(
        Id, Encoding.ASCII.GetString(name), Encoding.UTF8.GetString(Topic), OpenerBlock, settings.Owner, settings.Modes,
        settings.SlowSeconds, settings.Voices, settings.Invited, History.LastGiven);

    internal void Add(User user) => _members.Add(user);

    internal void Remove(User user) => _members.Remove(user);
}

/// <summary>Whom a room counts for.</summary>
/// <param name="Account">The account that owns it; 0 for none.</param>
/// <param name="Block">Otherwise, where its founder connected from.</param>
internal readonly record struct RoomHolder(long Account, UInt128 Block)
{
    public static RoomHolder Of(long account, UInt128 block) => account != 0 ? new(account, 0) : new(0, block);
}
