using System.Collections.Immutable;

namespace AotChat.Chat;

/// <summary>What its owner has made of a room. Replaced as a whole, since it is written before it takes effect.</summary>
/// <param name="Owner">The account that owns it; 0 for none.</param>
/// <param name="Modes">What is switched on.</param>
/// <param name="SlowSeconds">How many seconds must lie between two lines of one user; 0 for none.</param>
/// <param name="Voices">The accounts that may talk while it is moderated.</param>
/// <param name="Invited">The accounts that may join while it is only for those invited.</param>
internal sealed record RoomSettings(
    long Owner, RoomModes Modes, int SlowSeconds, ImmutableArray<long> Voices, ImmutableArray<long> Invited)
{
    /// <summary>Those of a new room that nobody owns.</summary>
    public static RoomSettings None { get; } = new(0, RoomModes.None, 0, [], []);

    /// <summary>Whether something is switched on.</summary>
    public bool Has(RoomModes mode) => (Modes & mode) != 0;

    /// <summary>With modes switched on or off.</summary>
    public RoomSettings With(RoomModes mode, bool isOn) => this with { Modes = isOn ? Modes | mode : Modes & ~mode };

    /// <summary>Without anything that names an account, since it has gone.</summary>
    public RoomSettings Without(long account) => this with
    {
        Owner = Owner == account ? 0 : Owner,
        Voices = Voices.Remove(account),
        Invited = Invited.Remove(account),
    };

    /// <summary>Whether anything names an account.</summary>
    public bool Names(long account) => Owner == account || Voices.Contains(account) || Invited.Contains(account);
}
