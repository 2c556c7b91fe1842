using System.Diagnostics.CodeAnalysis;
using System.Text;
using AotChat.Chat;

namespace AotChat.Commands;

/// <content>What the generated dispatcher asks of it.</content>
internal sealed partial class CommandContext
{
    private const int MaxCallBytes = 80;

    /// <summary>
    /// The same for one call, whose text as typed is listed with its jobs, also with those that it
    /// submits after it has awaited something.
    /// </summary>
    /// <param name="line">The call without its slash; its first 80 bytes count.</param>
    internal CommandContext ForCall(ReadOnlySpan<byte> line)
    {
        string slash = _session.HasTypedSlash ? "/" : "";
        return new(_session, slash + Encoding.UTF8.GetString(line[..Math.Min(line.Length, MaxCallBytes - slash.Length)])) { _undoes = _undoes };
    }

    /// <summary>
    /// The same for a call whose text is private: a password, a message for one alone. Its jobs are listed by the command's
    /// name. Calls of one command in a row share it, so that a message costs no memory.
    /// </summary>
    /// <param name="name">The command's name.</param>
    internal CommandContext ForPrivateCall(string name) =>
        _session._private is { } known && known._call == name ? known : _session._private = new(_session, name);

    /// <summary>Whether the line that is dispatched had a slash; for the router.</summary>
    internal bool HasTypedSlash { get; set; }

    /// <summary>An argument that names an online user.</summary>
    internal bool TryFindUser(ReadOnlySpan<byte> name, [NotNullWhen(true)] out User? user) => Users.TryFind(name, out user);

    /// <summary>An argument that names a room; a hidden one is found only by those who may look at it.</summary>
    internal bool TryReadRoom(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Room? room)
    {
        if (Chat.Rooms.TryFind(name, out room) && Permissions.MayIn(User, room, RoomRight.Look))
        {
            return true;
        }

        room = null;
        return false;
    }

    /// <summary>Nobody of that name is online.</summary>
    internal void UserNotFound(ReadOnlySpan<byte> name) => Reply($"User not found: {name}");

    /// <summary>No room has that name.</summary>
    internal void RoomNotFound(ReadOnlySpan<byte> name) => Reply($"Room not found: {name}");

    /// <summary>No command has that name.</summary>
    internal void UnknownCommand(ReadOnlySpan<byte> word)
    {
        if (CommandSuggestion.Nearest(word, CommandDispatcher.All, Chat.Rules, User.Level) is { } meant)
        {
            Reply($"Unknown command: {word}. Did you mean {Slash}{meant}?");
        }
        else
        {
            Reply($"Unknown command: {word}");
        }

        if (TryHint(Hint.UnknownCommand))
        {
            Reply($"Type \"{Slash}help\" for all commands.");
        }
    }

    /// <summary>The caller may not do this.</summary>
    internal void NotAllowed(UserLevel required)
    {
        if (required == CallRules.Nobody)
        {
            Reply($"This command is switched off on this server. Type \"{Slash}help\" for all others.");
        }
        else
        {
            Reply($"Only {(required == UserLevel.Operator ? "operators" : "registered users")} can do that.");
        }
    }

    /// <summary>The arguments do not fit; <paramref name="line"/> says so.</summary>
    internal void InvalidCall(ReadOnlySpan<byte> line) => Reply($"{line}");

    /// <summary>For commands that check words themselves, too: what does not fit, and how the command is called.</summary>
    internal void InvalidCall(ReadOnlySpan<byte> problem, ReadOnlySpan<byte> usage) => Reply($"{problem}. Usage: {Slash}{usage}");
}
