namespace AotChat.Chat;

/// <content>Other limits than those that it was made with.</content>
internal sealed partial class HistoryStore
{
    // The longest line, of 16 KiB, takes the place of so many short ones.
    private const int MostEvicted = 256;

    /// <summary>Takes on other limits. What is beyond them goes with <see cref="TrimSome"/>.</summary>
    /// <param name="lines">How many lines a room keeps.</param>
    /// <param name="bytes">How many bytes all rooms keep together.</param>
    public void Limit(int lines, long bytes) => (_maxLines, _maxBytes) = (lines, bytes);

    /// <summary>Removes lines that are beyond the limits: those of the share that has most, the oldest first.</summary>
    /// <param name="rooms">All rooms.</param>
    /// <param name="max">How many lines at most, so that nobody is kept waiting.</param>
    /// <returns>Whether there may be more.</returns>
    public bool TrimSome(IEnumerable<Room> rooms, int max)
    {
        foreach (Room room in rooms.Where(room => room.History.Count > _maxLines).ToArray())
        {
            for (; max > 0 && room.History.Count > _maxLines; max--)
            {
                Remove(room.History.Shares.All[0]);
            }

            if (room.History.Count == 0)
            {
                Emptied?.Invoke(room);
            }
        }

        for (; max > 0 && Bytes > _maxBytes && _shares.Wholes.Count > 0; max--)
        {
            RemoveOldest(_shares.Wholes.All[0]);
        }

        return max == 0;
    }
}
