namespace AotChat.Chat;

/// <summary>A user's place in a room. Owned by the event loop; made and ended by <see cref="RoomDirectory"/>.</summary>
internal sealed class Membership(User user, Room room)
{
    public User User { get; } = user;

    public Room Room { get; } = room;

    /// <summary>The number of the first line of the history that this slow reader missed; 0 for none.</summary>
    public long FirstMissed { get; private set; }

    /// <summary>The number of the last such line.</summary>
    public long LastMissed { get; private set; }

    /// <summary>Notes that a line did not reach the user.</summary>
    internal void Miss(long number)
    {
        FirstMissed = FirstMissed == 0 ? number : FirstMissed;
        LastMissed = number;
    }

    /// <summary>Forgets what was missed: the user has been told.</summary>
    internal void ForgetMissed()
    {
        FirstMissed = 0;
        LastMissed = 0;
    }
}
