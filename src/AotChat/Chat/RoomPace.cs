namespace AotChat.Chat;

/// <summary>
/// When each user last talked in a slow room, also of those who have left it: coming again is no way around. Owned by the
/// event loop.
/// </summary>
internal sealed class RoomPace
{
    // Nothing is forgotten while there are no more than this.
    private const int SmallestCount = 32;

    // By account where there is one; a guest by the presence in the chat.
    private readonly Dictionary<object, long> _last = [];
    private int _forgetAt = SmallestCount;

    /// <summary>How many are remembered.</summary>
    internal int Count => _last.Count;

    /// <summary>How long a user has to wait yet; zero or less for not at all.</summary>
    /// <param name="user">Who wants to talk.</param>
    /// <param name="pause">The time between two lines.</param>
    /// <param name="now">The time, in ticks of UTC.</param>
    public TimeSpan WaitOf(User user, TimeSpan pause, long now) =>
        _last.TryGetValue(KeyOf(user), out long last) && last <= now ? new TimeSpan(last - now) + pause : TimeSpan.Zero;

    /// <summary>Notes that a user talks.</summary>
    /// <inheritdoc cref="WaitOf"/>
    public void Note(User user, TimeSpan pause, long now)
    {
        if (_last.Count >= _forgetAt)
        {
            foreach ((object key, long last) in _last)
            {
                // A guest who has left the chat does not come back as the same user.
                if (last + pause.Ticks <= now || key is User { IsOnline: false })
                {
                    _last.Remove(key);
                }
            }

            _forgetAt = Math.Max(SmallestCount, 2 * _last.Count);
        }

        _last[KeyOf(user)] = now;
    }

    private static object KeyOf(User user) => (object?)user.Account ?? user;
}
