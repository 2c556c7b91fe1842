using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Diagnostics;
using AotChat.Workers;

namespace AotChat.Commands;

/// <summary>
/// What a command can see and do: who calls it, who else is here, write lines, run jobs. One for each session, and one for
/// each call that may await. Used on the event loop only; it stays valid while a command awaits a job, and after its user
/// has left.
/// </summary>
internal sealed partial class CommandContext
{
    private readonly IJobPool _pool;

    // What belongs to the session is kept in its own context; the one of a call has the session's, and the call's text.
    private readonly CommandContext _session;
    private readonly string? _call;
    private CancellationTokenSource? _gone;
    private bool _isGone;
    private Hint _given;

    /// <param name="session">Whose lines are called; somebody is present through it.</param>
    /// <param name="chat">Everything that the chat knows.</param>
    /// <param name="pool">Where jobs run.</param>
    /// <param name="counters">What has happened so far.</param>
    public CommandContext(IUserSession session, ChatState chat, IJobPool pool, ChatCounters counters)
    {
        Session = session;
        Chat = chat;
        Counters = counters;
        _pool = pool;
        _session = this;
    }

    private CommandContext(CommandContext session, string call)
    {
        Session = session.Session;
        Chat = session.Chat;
        Counters = session.Counters;
        _pool = session._pool;
        _session = session;
        _call = call;
    }

    /// <summary>The user who called the command.</summary>
    public User User => Session.User;

    /// <summary>What the caller has called the command through, and reads its answers on.</summary>
    public IUserSession Session { get; }

    /// <summary>Everything that the chat knows.</summary>
    public ChatState Chat { get; }

    /// <summary>Everybody who is here, the caller included, in order of arrival.</summary>
    public UserDirectory Users => Chat.Users;

    /// <summary>Runs jobs in worker processes; each <c>[Job]</c> is a method on it.</summary>
    public UserJobs Jobs => new(_pool, User, Session.OriginBlock, _call);

    /// <summary>The server's settings.</summary>
    public ChatOptions Options => Chat.Options;

    /// <summary>What has happened so far, in numbers.</summary>
    public ChatCounters Counters { get; }

    /// <summary>
    /// Cancelled on the event loop when the caller's connection is closed or the server stops, and with it every
    /// command that has <see cref="CancellationToken"/> as a parameter. Who does not ask for it costs nothing.
    /// </summary>
    public CancellationToken Gone =>
        _session._isGone ? new CancellationToken(canceled: true) : (_session._gone ??= new CancellationTokenSource()).Token;

    /// <summary>
    /// What the caller types in front of a command at present: <c>/</c> in a room, where all else is said, and otherwise
    /// nothing. Every line that shows how a command is typed has it in front of the command's name.
    /// </summary>
    public string Slash => User.CurrentRoom is null ? "" : "/";

    /// <summary>Writes a server line to the caller.</summary>
    public void Reply([InterpolatedStringHandlerArgument("")] LineHandler line)
    {
        Session.TryTake(Chat.Notices.End(), Delivery.Answer);
    }

    /// <summary>Writes a server line to the caller that was composed piece by piece after <see cref="BeginLine"/>.</summary>
    public void Reply(NoticeComposer line) => Session.TryTake(line.End(), Delivery.Answer);

    /// <summary>Opens a server line for what no interpolated string can say: a list.</summary>
    public NoticeComposer BeginLine() => Chat.Notices.Begin();

    /// <summary>Writes a server line to somebody; false where it can't be delivered.</summary>
    public bool TryTell(User recipient, [InterpolatedStringHandlerArgument("")] LineHandler line)
    {
        ChatEvent notice = Chat.Notices.End();
        return TryDeliver(recipient, notice);
    }

    /// <summary>
    /// Whether somebody is online; callers themselves count, since those who have ended their input still read answers.
    /// </summary>
    public bool IsThere(User user) => user.IsOnline || user == User;

    /// <summary>Writes the caller's words to somebody: <c>SENDER TEXT</c>; false where they can't be delivered.</summary>
    public bool TrySay(User recipient, ReadOnlySpan<byte> text)
    {
        if (!TryDeliver(recipient, Chat.Events.Raise(ChatEventKind.Direct, User, null, text)))
        {
            return false;
        }

        if (recipient != User)
        {
            recipient.LastWriter = User;
        }

        return true;
    }

    /// <summary>Writes the caller's words to everybody else; the line is made once. Where there is nobody, the caller is told.</summary>
    /// <remarks>Those who lag and miss it count as reached: they are told how many lines they missed.</remarks>
    public void Broadcast(ReadOnlySpan<byte> text)
    {
        ChatEvent broadcast = Chat.Events.Raise(ChatEventKind.Broadcast, User, null, text);
        bool isAnybodyThere = false;
        foreach (User other in Users)
        {
            if (other == User)
            {
                other.TakeElsewhere(Session, broadcast);
            }
            else if (!other.Ignores(User))
            {
                isAnybodyThere = true;
                other.TryTake(broadcast, Delivery.Shared);
            }
        }

        if (!isAnybodyThere)
        {
            Reply($"Nobody was reached.");
        }
    }

    /// <summary>Clears the caller's screen.</summary>
    public void ClearScreen() => Session.ClearScreen();

    /// <summary>Tells the caller the message of the day; where there is none, how to go on.</summary>
    public void TellMessageOfTheDay()
    {
        if (Options.MessageOfTheDay.Count == 0)
        {
            Reply($"Type \"{Slash}join lobby\" to talk with others, \"{Slash}help\" for all commands.");
        }

        foreach (string line in Options.MessageOfTheDay)
        {
            Reply($"{line}");
        }
    }

    /// <summary>Whether a hint is due: true for the first time in a session, and then never again.</summary>
    public bool TryHint(Hint hint)
    {
        bool isDue = (_session._given & hint) == 0;
        _session._given |= hint;
        return isDue;
    }

    /// <summary>Ends the caller's connection once everything written to it has gone out.</summary>
    /// <param name="text">The last words, for those who share a room; may be empty.</param>
    public void Quit(ReadOnlySpan<byte> text) => Session.HangUp(text);

    /// <summary>Tells the caller that somebody is away, and why, where that one has said.</summary>
    public void TellAway(User user, ReadOnlySpan<byte> reason)
    {
        if (reason.IsEmpty)
        {
            Reply($"User {user} is away.");
        }
        else
        {
            Reply($"User {user} is away: {reason}");
        }
    }

    /// <summary>
    /// Finds the room that a command is about, by name or, where none is given, the one that the caller talks in; where
    /// there is none, the caller is told.
    /// </summary>
    public bool TryFindRoom(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Room? room)
    {
        if (!name.IsEmpty)
        {
            if (Chat.Rooms.TryFind(name, out room))
            {
                return true;
            }

            Reply($"Room not found: {name}");
            return false;
        }

        room = User.CurrentRoom;
        if (room is null)
        {
            Reply($"You are not in a room. Join one: {Slash}join ROOM");
        }

        return room is not null;
    }

    /// <summary>Whether the caller may do something in a room; where not, the caller is told.</summary>
    public bool MayIn(Room room, RoomRight right)
    {
        if (Permissions.MayIn(User, room, right))
        {
            return true;
        }

        Reply($"Only people in {room} can do that. Join it: {Slash}join {room.Name}");
        return false;
    }

    /// <summary>Tells the caller, who was slow to read, how many lines were left out, and how to read what was said.</summary>
    public void TellMissed(int count)
    {
        NoticeComposer line = BeginLine();
        line.AppendLiteral("You missed "u8);
        line.AppendNumber(count);
        line.AppendLiteral(count == 1 ? " line."u8 : " lines."u8);
        ReadOnlySpan<byte> separator = count == 1 ? " To read it: "u8 : " To read them: "u8;
        foreach (Membership membership in User.Memberships)
        {
            if (membership.FirstMissed > 0
                && membership.Room.History.Between(membership.FirstMissed, membership.LastMissed) is [var first, ..] kept)
            {
                line.AppendLiteral(separator);
                line.AppendLiteral("/history "u8);
                line.AppendLiteral(membership.Room.Name);
                line.AppendLiteral(" "u8);
                line.AppendNumber(first);
                line.AppendLiteral("-"u8);
                line.AppendNumber(kept[^1]);
                separator = ", "u8;
            }

            membership.ForgetMissed();
        }

        Reply(line);
    }

    /// <summary>Cancels <see cref="Gone"/>.</summary>
    internal void End()
    {
        _isGone = true;
        _gone?.Cancel();
    }

    // Those who have ended their input still read the answers to what they did.
    private bool TryDeliver(User recipient, ChatEvent happened) =>
        recipient == User && !User.IsOnline
            ? Session.TryTake(happened, Delivery.Direct)
            : recipient.IsOnline && !recipient.Ignores(User) && recipient.TryTake(happened, Delivery.Direct);
}
