using System.Runtime.InteropServices;
using System.Text;
using AotChat.Configuration;

namespace AotChat.Chat;

/// <summary>
/// Holds the events of one turn of the event loop. Each is raised once, however many readers it has, and the log forgets it
/// after the turn's lines were sent. Owned by the event loop.
/// </summary>
/// <remarks>Nothing is allocated once the buffers have the size of a usual turn.</remarks>
internal sealed class EventLog(TimeProvider time)
{
    // The bytes around an event when it is shown: a time, a name's separators, an end of line.
    private const int AroundBytes = 32;

    // A UTF-16 code unit takes no more in UTF-8.
    private const int MaxBytesOfChar = 3;

    // Filled in place: an event is looked at many times, and is too large to be copied each time.
    private Record[] _events = new Record[64];
    private int _count;
    private readonly List<NoticePart> _parts = [];
    private byte[] _bytes = new byte[4096];
    private int _length;

    // Where the unfinished notice begins.
    private int _noticeStart;
    private int _firstPart;

    /// <summary>The time now, in ticks of UTC.</summary>
    public long Now => time.GetUtcNow().Ticks;

    /// <summary>About how many bytes the events of this turn have when they are shown, once each.</summary>
    public int Size { get; private set; }

    /// <summary>How many bytes the unfinished notice has.</summary>
    public int NoticeLength => _length - _noticeStart;

    /// <summary>How many bytes of memory it keeps for text.</summary>
    internal int Capacity => _bytes.Length;

    internal ref readonly Record this[int index] => ref _events[index];

    /// <summary>Raises an event about what somebody does.</summary>
    /// <param name="kind">What it is; no notice.</param>
    /// <param name="author">The user who does it.</param>
    /// <param name="room">Where; null for no room.</param>
    /// <param name="text">What is written; may be empty.</param>
    public ChatEvent Raise(ChatEventKind kind, User author, Room? room, ReadOnlySpan<byte> text) =>
        Add(kind, author, room, author.Name, text);

    /// <summary>Raises the event that a user was renamed.</summary>
    public ChatEvent RaiseRenamed(User user, ReadOnlySpan<byte> before) =>
        Add(ChatEventKind.Renamed, user, null, before, user.Name);

    /// <summary>Raises the event that a user was put out of a room.</summary>
    public ChatEvent RaiseKicked(User author, ReadOnlySpan<byte> kicked, Room room, ReadOnlySpan<byte> reason) =>
        Add(ChatEventKind.Kicked, author, room, kicked, reason);

    /// <summary>Raises the event that a user has written to one alone, for the user's other sessions.</summary>
    public ChatEvent RaiseSent(User author, ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> text)
    {
        ChatEvent sent = Add(ChatEventKind.Sent, author, null, author.Name, text);
        ref Record record = ref _events[sent.Index];
        record.RecipientStart = _length;
        record.RecipientLength = recipient.Length;
        Append(recipient, isSafe: true);
        Size += recipient.Length;
        _noticeStart = _length;
        return sent;
    }

    /// <summary>Raises a message again that was written while its recipient was not here.</summary>
    /// <param name="name">The sender's name then.</param>
    /// <param name="text">What was written.</param>
    /// <param name="ticks">When, in ticks of UTC.</param>
    public ChatEvent ReplayDirect(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text, long ticks)
    {
        ChatEvent replayed = Add(ChatEventKind.Direct, null, null, name, text);
        ref Record record = ref _events[replayed.Index];
        record.Ticks = ticks;
        record.IsReplayed = true;
        return replayed;
    }

    /// <summary>Raises an event of the history again.</summary>
    public ChatEvent Replay(Room room, in HistoryLine line) => Replay(room, line.Kind, line.Ticks, line.Number, line.Name, line.Rest[1..]);

    /// <inheritdoc cref="Replay(Room, in HistoryLine)"/>
    public ChatEvent Replay(Room room, StoredLine line) => line.RemovedBy.Length == 0
        ? Replay(room, line.Kind, line.Ticks, line.Number, line.Name, line.Text)
        : Replay(room, ChatEventKind.Removed, line.Ticks, line.Number, Encoding.UTF8.GetBytes(line.RemovedBy), default);

    /// <summary>Notes the number that an event has in its room.</summary>
    public void SetNumber(ChatEvent raised, long number) => _events[raised.Index].Number = number;

    /// <summary>Begins a notice, and forgets one that was not ended.</summary>
    public void BeginNotice()
    {
        _length = _noticeStart;
        CollectionsMarshal.SetCount(_parts, _firstPart);
    }

    /// <summary>Adds a part to the notice.</summary>
    public void AddPart(NoticePartKind kind, ReadOnlySpan<byte> bytes)
    {
        int start = _length;
        Append(bytes, isSafe: kind is NoticePartKind.Words or NoticePartKind.Name);
        _parts.Add(new NoticePart(kind, start, _length - start, 0));
    }

    /// <summary>Adds the program's own words to the notice.</summary>
    public void AddWords(string words)
    {
        int start = _length;
        _length += Encoding.UTF8.GetBytes(words, Reserve(words.Length * MaxBytesOfChar));
        _parts.Add(new NoticePart(NoticePartKind.Words, start, _length - start, 0));
    }

    /// <summary>Adds a time to the notice, in ticks of UTC.</summary>
    public void AddTime(long ticks) => _parts.Add(new NoticePart(NoticePartKind.Time, _length, 0, ticks));

    /// <summary>Ends the notice: it is raised.</summary>
    public ChatEvent EndNotice()
    {
        ref Record notice = ref Next(ChatEventKind.Notice, Now);
        notice.FirstPart = _firstPart;
        notice.PartCount = _parts.Count - _firstPart;
        Size += _length - _noticeStart + AroundBytes;
        return Close();
    }

    /// <summary>Forgets all events.</summary>
    public void Reset()
    {
        // Otherwise users who have left would stay in memory.
        Array.Clear(_events, 0, _count);
        _count = 0;
        _parts.Clear();
        _length = 0;
        _noticeStart = 0;
        _firstPart = 0;
        Size = 0;
        if (_bytes.Length > ChatOptions.TurnBytesKept)
        {
            _bytes = new byte[ChatOptions.TurnBytesKept];
        }
    }

    internal ReadOnlySpan<byte> Bytes(int start, int length) => _bytes.AsSpan(start, length);

    internal ReadOnlySpan<NoticePart> PartsOf(in Record notice) => CollectionsMarshal.AsSpan(_parts).Slice(notice.FirstPart, notice.PartCount);

    private ChatEvent Replay(Room room, ChatEventKind kind, long ticks, long number, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        ChatEvent replayed = Add(kind, null, room, name, text);
        ref Record record = ref _events[replayed.Index];
        record.Ticks = ticks;
        record.Number = number;
        record.IsReplayed = true;
        return replayed;
    }

    private ChatEvent Add(ChatEventKind kind, User? author, Room? room, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        // A notice that was not ended is forgotten.
        BeginNotice();
        ref Record added = ref Next(kind, Now);
        added.Author = author;
        added.Room = room;
        added.NameStart = _length;
        added.NameLength = name.Length;
        Append(name, isSafe: true);
        Append(" "u8, isSafe: true);
        added.TextStart = _length;
        Append(text, isSafe: false);
        added.TextLength = _length - added.TextStart;
        Size += name.Length + added.TextLength + (room?.Name.Length ?? 0) + AroundBytes;
        return Close();
    }

    // Room for one more event, which Close ends.
    private ref Record Next(ChatEventKind kind, long ticks)
    {
        if (_count == _events.Length)
        {
            Array.Resize(ref _events, _count * 2);
        }

        ref Record next = ref _events[_count++];
        next.Kind = kind;
        next.Ticks = ticks;
        return ref next;
    }

    private ChatEvent Close()
    {
        _noticeStart = _length;
        _firstPart = _parts.Count;
        return new ChatEvent(this, _count - 1);
    }

    private void Append(ReadOnlySpan<byte> bytes, bool isSafe)
    {
        if (isSafe)
        {
            bytes.CopyTo(Reserve(bytes.Length));
            _length += bytes.Length;
        }
        else
        {
            _length += EventText.Copy(bytes, Reserve(bytes.Length * EventText.MaxGrowth));
        }
    }

    private Span<byte> Reserve(int max)
    {
        if (_length + max > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_length + max, _bytes.Length * 2));
        }

        return _bytes.AsSpan(_length);
    }

    /// <summary>An event as it lies in the log.</summary>
    internal struct Record
    {
        public ChatEventKind Kind;
        public bool IsReplayed;
        public long Ticks;
        public long Number;
        public Room? Room;
        public User? Author;
        public int NameStart;
        public int NameLength;
        public int TextStart;
        public int TextLength;
        public int RecipientStart;
        public int RecipientLength;
        public int FirstPart;
        public int PartCount;
    }
}
