using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Diagnostics;
using AotChat.Workers;

namespace AotChat.Commands;

/// <summary>
/// What a command can see and do: who calls it, who else is here, write lines, run jobs. One for each connection, used
/// on the event loop only; it stays valid while a command awaits a job, and after its user has left.
/// </summary>
internal sealed class CommandContext(
    User user, UserDirectory users, LineComposer lines, IJobPool pool, CurrentCall call, ChatCounters counters, ChatOptions options)
{
    private CancellationTokenSource? _gone;
    private bool _isGone;

    /// <summary>The user who called the command.</summary>
    public User User { get; } = user;

    /// <summary>Everybody who is here, the caller included, in order of arrival.</summary>
    public UserDirectory Users { get; } = users;

    /// <summary>Runs jobs in worker processes; each <c>[Job]</c> is a method on it.</summary>
    public UserJobs Jobs { get; } = new(pool, user, call);

    /// <summary>The server's settings.</summary>
    public ChatOptions Options { get; } = options;

    /// <summary>What has happened so far, in numbers.</summary>
    public ChatCounters Counters { get; } = counters;

    /// <summary>
    /// Cancelled on the event loop when the caller's connection is closed or the server stops, and with it every
    /// command that has <see cref="CancellationToken"/> as a parameter. Who does not ask for it costs nothing.
    /// </summary>
    public CancellationToken Gone => _isGone ? new CancellationToken(canceled: true) : (_gone ??= new CancellationTokenSource()).Token;

    /// <summary>The line buffer behind <see cref="LineHandler"/>.</summary>
    internal LineComposer Lines { get; } = lines;

    /// <summary>Writes a server line to the caller.</summary>
    public void Reply([InterpolatedStringHandlerArgument("")] LineHandler line)
    {
        User.Terminal.TryWrite(Lines.End(), Delivery.Answer);
    }

    /// <summary>Writes a server line to the caller that was composed piece by piece after <see cref="BeginLine"/>.</summary>
    public void Reply(LineComposer line) => User.Terminal.TryWrite(line.End(), Delivery.Answer);

    /// <summary>Opens a server line for what no interpolated string can say: a list.</summary>
    public LineComposer BeginLine()
    {
        Lines.Begin();
        return Lines;
    }

    /// <summary>Writes a server line to somebody; false where it can't be delivered.</summary>
    public bool TryTell(User recipient, [InterpolatedStringHandlerArgument("")] LineHandler line)
    {
        Line composed = Lines.End();
        return recipient.IsOnline && recipient.Terminal.TryWrite(composed, Delivery.Direct);
    }

    /// <summary>Writes the caller's words to somebody: <c>SENDER TEXT</c>; false where they can't be delivered.</summary>
    public bool TrySay(User recipient, ReadOnlySpan<byte> text) =>
        recipient.IsOnline && recipient.Terminal.TryWrite(ComposeWords(text), Delivery.Direct);

    /// <summary>Writes the caller's words to everybody else; the line is made once.</summary>
    public void Broadcast(ReadOnlySpan<byte> text)
    {
        Line line = ComposeWords(text);
        foreach (User other in Users)
        {
            if (other != User)
            {
                other.Terminal.TryWrite(line, Delivery.Shared);
            }
        }
    }

    /// <summary>Ends the caller's connection once everything written to it has gone out.</summary>
    public void Quit() => User.Terminal.HangUp();

    /// <summary>Cancels <see cref="Gone"/>.</summary>
    internal void End()
    {
        _isGone = true;
        _gone?.Cancel();
    }

    /// <summary>For the generated dispatcher: an argument that names an online user.</summary>
    internal bool TryFindUser(ReadOnlySpan<byte> name, [NotNullWhen(true)] out User? user) => Users.TryFind(name, out user);

    /// <summary>For the generated dispatcher: nobody of that name is online.</summary>
    internal void UserNotFound(ReadOnlySpan<byte> name) => Reply($"User not found: {name}");

    /// <summary>For the generated dispatcher: no command has that name.</summary>
    internal void UnknownCommand(ReadOnlySpan<byte> word)
    {
        if (CommandSuggestion.Nearest(word, CommandDispatcher.All, User.Level) is { } meant)
        {
            Reply($"Unknown command: {word}. Did you mean {meant}?");
        }
        else
        {
            Reply($"Unknown command: {word}");
        }
    }

    /// <summary>For the generated dispatcher: the caller may not do this.</summary>
    internal void NotAllowed(UserLevel required) =>
        Reply($"Only {(required == UserLevel.Operator ? "operators" : "registered users")} can do that.");

    /// <summary>For the generated dispatcher: the arguments do not fit; <paramref name="line"/> says so.</summary>
    internal void InvalidCall(ReadOnlySpan<byte> line) => Reply($"{line}");

    private Line ComposeWords(ReadOnlySpan<byte> text)
    {
        Lines.Begin();
        Lines.AppendLiteral(User.Name);
        Lines.AppendLiteral(" "u8);
        Lines.AppendText(text);
        return Lines.End();
    }
}
