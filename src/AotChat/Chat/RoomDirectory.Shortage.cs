namespace AotChat.Chat;

/// <content>Which room goes where there are too many.</content>
internal sealed partial class RoomDirectory
{
    // Makes room for one more, so that no guest can fill the house permanently. Only a room that its history alone keeps is
    // dropped: of the block that has opened most, the new one included; of equal blocks, the opener's; and of the block's
    // rooms the one that was silent for longest.
    private bool TryForgetUnusedRoom(RoomHolder opener, bool areOthersSpared)
    {
        Room? unused = null;
        (int Opened, bool IsOwn, long Silence) max = default;
        foreach (Room room in _byName.Values)
        {
            bool isOwn = room.Holder == opener;
            if (room.Members.IsEmpty && room.Owner == 0 && room.PendingSaves == 0 && (isOwn || !areOthersSpared))
            {
                int opened = OpenedBy(room.Holder) + (isOwn ? 1 : 0);
                (int, bool, long) candidate = (opened, isOwn, -SequenceOf(room));
                if (unused is null || candidate.CompareTo(max) > 0)
                {
                    (unused, max) = (room, candidate);
                }
            }
        }

        if (unused is null)
        {
            return false;
        }

        _history.Clear(unused);
        Forget(unused);
        return true;
    }

    // A room of which memory has no line has been silent since before the start, or before all others were.
    private long SequenceOf(Room room) => room.History.Count == 0 ? 0 : _history.SequenceOf(room, room.History.Last);
}
