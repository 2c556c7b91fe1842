using System.Text;
using AotChat.Configuration;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>
/// Looks for a word in some rooms, from the newest line back, in slices that each take a fraction of a millisecond, so
/// that the chat goes on in between. Lines may come and go, and rooms too, between two slices.
/// </summary>
/// <remarks>Case does not count, in any script; the word may be part of a longer one, and of an author's name.</remarks>
/// <param name="history">Where the lines are.</param>
/// <param name="rooms">The rooms to look in.</param>
/// <param name="word">What to look for, in UTF-8; not empty.</param>
/// <param name="max">How many lines to find.</param>
internal sealed class HistorySearch(HistoryStore history, ReadOnlySpan<Room> rooms, ReadOnlySpan<byte> word, int max)
{
    private readonly Place[] _places = [.. rooms.ToArray().Select(room => new Place(room))];
    private readonly byte[] _word = FoldWord(word);
    private readonly List<HistoryMatch> _found = [];
    private byte[] _folded = new byte[512];

    /// <summary>What was found so far, the newest first.</summary>
    public IReadOnlyList<HistoryMatch> Found => _found;

    /// <summary>Looks through one slice; false where everything is looked through, or enough was found.</summary>
    public bool SearchSlice()
    {
        // Lines may have gone since the last slice; within one they stay.
        foreach (Place place in _places)
        {
            place.Remaining = place.Room.History.Between(0, place.LastUnread).Length;
            Turn(place);
        }

        int bytes = 0;
        for (int i = 0; i < ChatOptions.SearchedLinesPerTurn && bytes < ChatOptions.SearchedBytesPerTurn; i++)
        {
            if (_found.Count == max || NewestPlace() is not { } place)
            {
                return false;
            }

            long number = place.LastUnread;
            ReadOnlySpan<byte> body = history.Read(place.Room, number).Body;
            bytes += body.Length;
            if (Fold(body).IndexOf(_word) >= 0)
            {
                _found.Add(new HistoryMatch(place.Room, number));
            }

            place.Remaining--;
            Turn(place);
        }

        return true;
    }

    // Moves to the newest unread line of a room.
    private void Turn(Place place)
    {
        place.LastUnread = place.Remaining > 0 ? place.Room.History.Numbers[place.Remaining - 1] : 0;
        place.Sequence = place.Remaining > 0 ? history.SequenceOf(place.Room, place.LastUnread) : 0;
    }

    // The room whose next line is the newest of all, so that lines of several rooms come in their order.
    private Place? NewestPlace()
    {
        Place? newest = null;
        foreach (Place place in _places)
        {
            if (place.Remaining > 0 && (newest is null || place.Sequence > newest.Sequence))
            {
                newest = place;
            }
        }

        return newest;
    }

    private ReadOnlySpan<byte> Fold(ReadOnlySpan<byte> text)
    {
        // A letter's lower case is at most one byte longer in UTF-8.
        if (_folded.Length < text.Length * 2)
        {
            _folded = new byte[text.Length * 2];
        }

        return _folded.AsSpan(0, Fold(text, _folded));
    }

    private static byte[] FoldWord(ReadOnlySpan<byte> word)
    {
        byte[] folded = new byte[word.Length * TerminalText.MaxGrowth];
        return folded[..Fold(word, folded)];
    }

    private static int Fold(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        if (Ascii.IsValid(text))
        {
            Ascii.ToLower(text, destination, out int written);
            return written;
        }

        int length = 0;
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out Rune rune, out int consumed);
            length += Rune.ToLowerInvariant(rune).EncodeToUtf8(destination[length..]);
            text = text[consumed..];
        }

        return length;
    }

    /// <summary>How far a room has been searched.</summary>
    private sealed class Place(Room room)
    {
        public Room Room { get; } = room;

        /// <summary>The number of the newest line that is not read yet.</summary>
        public long LastUnread { get; set; } = room.History.Last;

        /// <summary>The place of that line among those of all rooms.</summary>
        public long Sequence { get; set; }

        /// <summary>How many lines are not read yet.</summary>
        public int Remaining { get; set; }
    }
}
