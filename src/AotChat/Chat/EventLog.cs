using System.Runtime.InteropServices;
using AotChat.Configuration;

namespace AotChat.Chat;

/// <summary>
/// Holds the events of one turn of the event loop. Each is raised once, however many readers it has, and the log forgets it
/// after the turn's lines were sent. Owned by the event loop.
/// </summary>
/// <remarks>Nothing is allocated once the buffers have the size of a usual turn.</remarks>
internal sealed class EventLog(TimeProvider time)
{
    // What is around the bytes of an event when it is shown: a time, a name's separators, an end of line.
    private const int AroundBytes = 32;

    private readonly List<Record> _events = [];
    private readonly List<NoticePart> _parts = [];
    private byte[] _bytes = new byte[4096];
    private int _length;

    // Where the notice begins that is being composed.
    private int _noticeStart;
    private int _firstPart;

    /// <summary>The time now, in ticks of UTC.</summary>
    public long Now => time.GetUtcNow().Ticks;

    /// <summary>About how many bytes the events of this turn have when they are shown, once each.</summary>
    public int Size { get; private set; }

    /// <summary>How many bytes the notice has that is being composed.</summary>
    public int NoticeLength => _length - _noticeStart;

    /// <summary>How many bytes of memory it keeps for text.</summary>
    internal int Capacity => _bytes.Length;

    internal ref readonly Record this[int index] => ref CollectionsMarshal.AsSpan(_events)[index];

    /// <summary>Raises an event about what somebody does.</summary>
    /// <param name="kind">What it is; no notice.</param>
    /// <param name="author">Who does it.</param>
    /// <param name="room">Where; null for no room.</param>
    /// <param name="text">What is written; may be empty.</param>
    public ChatEvent Raise(ChatEventKind kind, User author, Room? room, ReadOnlySpan<byte> text) =>
        Add(new Record { Kind = kind, Author = author, Room = room, Ticks = Now }, author.Name, text);

    /// <summary>Raises the event that somebody has another name.</summary>
    public ChatEvent RaiseRenamed(User user, ReadOnlySpan<byte> before) =>
        Add(new Record { Kind = ChatEventKind.Renamed, Author = user, Ticks = Now }, before, user.Name);

    /// <summary>Raises an event of the history again.</summary>
    public ChatEvent Replay(Room room, in HistoryLine line) => Add(
        new Record
        {
            Kind = line.Kind,
            Room = room,
            Ticks = line.Ticks,
            Number = line.Number,
            IsReplayed = true,
        },
        line.Name,
        line.Rest[1..]);

    /// <summary>Notes the number that an event has in its room.</summary>
    public void SetNumber(ChatEvent raised, long number) => CollectionsMarshal.AsSpan(_events)[raised.Index].Number = number;

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

    /// <summary>Adds a time to the notice, in ticks of UTC.</summary>
    public void AddTime(long ticks) => _parts.Add(new NoticePart(NoticePartKind.Time, _length, 0, ticks));

    /// <summary>Ends the notice: it is raised.</summary>
    public ChatEvent EndNotice()
    {
        Record notice = new() { Kind = ChatEventKind.Notice, Ticks = Now, FirstPart = _firstPart, PartCount = _parts.Count - _firstPart };
        Size += _length - _noticeStart + AroundBytes;
        return Add(notice);
    }

    /// <summary>Forgets all events.</summary>
    public void Reset()
    {
        _events.Clear();
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

    private ChatEvent Add(Record happened, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        // A notice that was not ended is forgotten.
        BeginNotice();
        happened.NameStart = _length;
        happened.NameLength = name.Length;
        Append(name, isSafe: true);
        Append(" "u8, isSafe: true);
        happened.TextStart = _length;
        Append(text, isSafe: false);
        happened.TextLength = _length - happened.TextStart;
        Size += name.Length + happened.TextLength + (happened.Room?.Name.Length ?? 0) + AroundBytes;
        return Add(happened);
    }

    private ChatEvent Add(Record happened)
    {
        _events.Add(happened);
        _noticeStart = _length;
        _firstPart = _parts.Count;
        return new ChatEvent(this, _events.Count - 1);
    }

    private void Append(ReadOnlySpan<byte> bytes, bool isSafe)
    {
        int most = isSafe ? bytes.Length : bytes.Length * EventText.MaxGrowth;
        if (_length + most > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_length + most, _bytes.Length * 2));
        }

        Span<byte> room = _bytes.AsSpan(_length);
        if (isSafe)
        {
            bytes.CopyTo(room);
            _length += bytes.Length;
        }
        else
        {
            _length += EventText.Copy(bytes, room);
        }
    }

    /// <summary>An event as it lies in the log.</summary>
    internal record struct Record
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
        public int FirstPart;
        public int PartCount;
    }
}
