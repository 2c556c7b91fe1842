using System.Text;
using AotChat.Text;

namespace AotChat.Chat;

/// <content>What is kept of rooms: brings them back, and changes them in memory once they are changed on disk.</content>
internal sealed partial class RoomDirectory
{
    /// <summary>Brings back the rooms of an earlier process: those that have an owner, or lines on disk.</summary>
    public void Restore(IEnumerable<StoredRoom> rooms)
    {
        foreach (StoredRoom kept in rooms)
        {
            byte[] name = Encoding.ASCII.GetBytes(kept.Name);
            byte[] key = LookAlikes.Fold(name);
            if (!NameRules.IsWellFormed(name) || (kept.Owner == 0 && kept.LastNumber == 0) || _byName.ContainsKey(key))
            {
                _store.Write(new StoreChange.RemoveRoom(kept.Id));
                continue;
            }

            RoomSettings settings = new(kept.Owner, kept.Modes, kept.SlowSeconds, kept.Voices, kept.Invited);
            Room room = new(name, key)
            {
                Id = kept.Id,
                OpenerBlock = kept.OpenerBlock,
                Settings = settings,
                Submitted = settings,
                Topic = Encoding.UTF8.GetBytes(kept.Topic),
            };
            room.History.StartAfter(kept.LastNumber);
            Add(room);
        }
    }

    /// <summary>Has the store keep what a room is; nobody is promised that.</summary>
    public void Save(Room room) => _store.Write(new StoreChange.SaveRoom(room.ToStored(room.Submitted)));

    /// <summary>Whether a room is still there.</summary>
    public bool Holds(Room room) => _byName.TryGetValue(room.NameKey, out Room? found) && found == room;

    /// <summary>How many rooms an account owns.</summary>
    public int OwnedBy(long account) => _opened.GetValueOrDefault(RoomHolder.Of(account, 0));

    /// <summary>A change of a room's settings goes to the store: what it is to be then.</summary>
    public static StoredRoom BeginChange(Room room, Func<RoomSettings, RoomSettings> change)
    {
        room.Submitted = change(room.Submitted);
        room.PendingSaves++;
        return room.ToStored(room.Submitted);
    }

    /// <summary>The store has answered. A change that is on disk takes effect, and any other is taken back there, too.</summary>
    public void EndChange(Room room, Func<RoomSettings, RoomSettings> change, bool isKept)
    {
        room.PendingSaves--;
        room.HasFailedSave |= !isKept;
        if (isKept)
        {
            RoomSettings settings = change(room.Settings);
            foreach (long account in room.GoneAccounts)
            {
                // It is on disk by now, and must be taken back there.
                room.HasFailedSave |= settings.Names(account);
                settings = settings.Without(account);
            }

            SetSettings(room, settings);
        }

        if (room.PendingSaves > 0)
        {
            return;
        }

        room.Submitted = room.Settings;
        if (room.HasFailedSave && Holds(room) && !room.IsClosing)
        {
            // A change or a topic that was saved behind the failed one has taken it along.
            Save(room);
        }

        room.HasFailedSave = false;
        room.GoneAccounts.Clear();
    }

    /// <summary>An account has gone: its rooms are nobody's, and no room knows it any more. The store knows already.</summary>
    public void ForgetAccount(long account)
    {
        foreach (Room room in _byName.Values.Where(room => room.Settings.Names(account) || room.Submitted.Names(account)).ToArray())
        {
            if (room.PendingSaves > 0)
            {
                room.GoneAccounts.Add(account);
            }

            SetSettings(room, room.Settings.Without(account));
            room.Submitted = room.Submitted.Without(account);
            Save(room);
            ForgetIfUnused(room);
        }
    }

    private void SetSettings(Room room, RoomSettings settings)
    {
        if (!Holds(room))
        {
            return;
        }

        NoteClosed(room.Holder);
        room.Settings = settings;
        NoteOpened(room.Holder);
    }
}
