using System.Diagnostics.CodeAnalysis;
using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Diagnostics;
using AotChat.Workers;

namespace AotChat.Commands;

/// <summary>
/// What a command can see and do: its caller, the others here, lines, jobs. There is one for each session, and one for
/// each call that may await. Used on the event loop only; it stays valid while a command awaits a job, and after its user
/// has left.
/// </summary>
internal sealed partial class CommandContext
{
    private readonly IJobPool _pool;

    // What belongs to the session is kept in its own context; the one of a call has the session's, and the call's text.
    private readonly CommandContext _session;
    private readonly string? _call;
    private CommandContext? _private;
    private RunningJobs? _jobs;
    private CancellationTokenSource? _gone;
    private bool _isGone;
    private Hint _given;

    /// <param name="session">The session whose lines are called; a user is present through it.</param>
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

    private CommandContext(CommandContext session, string? call)
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

    /// <summary>The session through which the caller called the command, and reads its answers.</summary>
    public IUserSession Session { get; }

    /// <summary>Everything that the chat knows.</summary>
    public ChatState Chat { get; }

    /// <summary>Everybody who is here, the caller included, in order of arrival.</summary>
    public UserDirectory Users => Chat.Users;

    /// <summary>Runs jobs in worker processes; each <c>[Job]</c> is a method on it.</summary>
    public UserJobs Jobs => new(_pool, User, Session.LimitedBlock, _call, _session._jobs ??= new RunningJobs());

    /// <summary>The server's settings.</summary>
    public ChatOptions Options => Chat.Options;

    /// <summary>What has happened so far, in numbers.</summary>
    public ChatCounters Counters { get; }

    /// <summary>
    /// Cancelled on the event loop when the caller has gone or the server stops, and with it every command that has
    /// <see cref="CancellationToken"/> as a parameter. A user who quits has gone once no job is under way whose result
    /// is still to be read. A command that ends by it says nothing. A command that does not ask for it pays nothing.
    /// </summary>
    public CancellationToken Gone =>
        _session._isGone ? new CancellationToken(canceled: true) : (_session._gone ??= new CancellationTokenSource()).Token;

    /// <summary>
    /// What the caller types in front of a command at present: <c>/</c> in a room, where all else is said, and otherwise
    /// nothing. Every line that shows how a command is typed has it in front of the command's name.
    /// </summary>
    public string Slash => User.CurrentRoom is null ? "" : "/";

    /// <summary>
    /// Whether a user is online; callers themselves count, since users who have ended their input still read answers.
    /// </summary>
    public bool IsThere(User user) => user.IsOnline || user == User;

    /// <summary>Clears the caller's screen.</summary>
    public void ClearScreen() => Session.ClearScreen();

    /// <summary>Whether a hint is due: true for the first time in a session, and then never again.</summary>
    public bool TryHint(Hint hint)
    {
        bool isDue = (_session._given & hint) == 0;
        _session._given |= hint;
        return isDue;
    }

    /// <summary>Ends the caller's connection once everything written to it has gone out.</summary>
    /// <param name="text">The last words, for users who share a room; may be empty.</param>
    public void Quit(ReadOnlySpan<byte> text) => Session.HangUp(text);

    /// <inheritdoc cref="Quit(ReadOnlySpan{byte})"/>
    public void Quit(string text) => Quit(Encoding.UTF8.GetBytes(text));

    /// <summary>
    /// Finds the room that a command is about, by name or, where none is given, the one that the caller talks in; where
    /// there is none, the caller is told.
    /// </summary>
    public bool TryFindRoom(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Room? room)
    {
        if (name.IsEmpty)
        {
            return TryChooseRoom(null, out room);
        }

        if (TryReadRoom(name, out room))
        {
            return true;
        }

        RoomNotFound(name);
        return false;
    }

    /// <summary>
    /// The room that a command is about: the one that was given or, where the call leaves it out, the one that the caller
    /// talks in; where there is none, the caller is told.
    /// </summary>
    public bool TryChooseRoom(Room? given, [NotNullWhen(true)] out Room? room)
    {
        room = given ?? User.CurrentRoom;
        if (room is null)
        {
            Reply($"You are not in a room. Join one: {Slash}join ROOM");
        }

        return room is not null;
    }

    /// <summary>Whether commands of this session wait for jobs, whose results their caller still reads.</summary>
    internal bool AwaitsJobs => _session._jobs is { Count: > 0 };

    /// <summary>Whether this is thrown only since the caller has gone.</summary>
    internal bool IsCancellation(Exception exception) => _session._isGone && exception is OperationCanceledException;

    /// <summary>Cancels <see cref="Gone"/>.</summary>
    internal void End()
    {
        _isGone = true;
        _gone?.Cancel();
    }
}
