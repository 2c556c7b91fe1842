using AotChat.Chat;
using AotChat.Commands;

namespace AotChat.Protocols.Terminal;

/// <summary>Completes commands, names of users and rooms. Owned by the event loop.</summary>
/// <remarks>
/// A mark says what is meant: <c>/</c> a command, <c>@</c> a user, <c>#</c> a room. Without one the first word is a
/// command where the user is in no room, and otherwise a user who is spoken to; a later word is what
/// the command's usage asks for, or else a session.User.
/// </remarks>
/// <param name="chat">The users and rooms.</param>
/// <param name="session">What the user types at.</param>
internal sealed class ChatCompletion(ChatState chat, IUserSession session) : ICompletion
{
    private static readonly byte[] NextWord = [(byte)' '];
    private static readonly byte[] Address = [(byte)':', (byte)' '];

    /// <inheritdoc/>
    public void Complete(ReadOnlySpan<byte> text, CandidateList candidates)
    {
        int start = text.LastIndexOf((byte)' ') + 1;
        ReadOnlySpan<byte> before = text[..start].Trim((byte)' ');
        ReadOnlySpan<byte> word = text[start..];
        if (word is [(byte)'@' or (byte)'#', ..])
        {
            candidates.Begin(text, start + 1, NextWord);
            Offer(word[0] == '@' ? Kind.User : Kind.Room, candidates);
        }
        else if (!before.IsEmpty)
        {
            // In a list of recipients, the last one.
            candidates.Begin(text, start + word.LastIndexOf((byte)',') + 1, NextWord);
            Offer(KindOfWord(before), candidates);
        }
        else if (word is [(byte)'/', ..] || session.User.CurrentRoom is null)
        {
            candidates.Begin(text, word is [(byte)'/', ..] ? start + 1 : start, NextWord);
            Offer(Kind.Command, candidates);
        }
        else
        {
            candidates.Begin(text, start, Address);
            Offer(Kind.User, candidates);
        }
    }

    // What the usage calls the word behind these: "msg USER TEXT", "w [ROOM]", "help [NAME]".
    private Kind KindOfWord(ReadOnlySpan<byte> before)
    {
        int end = before.IndexOf((byte)' ');
        end = end < 0 ? before.Length : end;
        ReadOnlySpan<byte> name = before[..end];
        if (name is [(byte)'/', ..])
        {
            name = name[1..];
        }
        else if (session.User.CurrentRoom is not null)
        {
            return Kind.User;
        }

        if (CommandTable.Find(name) is not { } command)
        {
            return Kind.User;
        }

        if (command.Name == "help")
        {
            return Kind.Command;
        }

        string[] usage = command.Usage.Split(' ');
        int index = 1 + CountWords(before[end..]);
        return index < usage.Length && usage[index].Contains("ROOM", StringComparison.Ordinal) ? Kind.Room : Kind.User;
    }

    private static int CountWords(ReadOnlySpan<byte> text)
    {
        int words = 0;
        bool isInside = false;
        foreach (byte character in text)
        {
            words += character != ' ' && !isInside ? 1 : 0;
            isInside = character != ' ';
        }

        return words;
    }

    private void Offer(Kind kind, CandidateList candidates)
    {
        switch (kind)
        {
            case Kind.Command:
                OfferCommands(candidates);
                break;

            case Kind.Room:
                OfferRooms(candidates);
                break;

            default:
                OfferUsers(candidates);
                break;
        }
    }

    private void OfferCommands(CandidateList candidates)
    {
        foreach (CommandInfo command in CommandDispatcher.All)
        {
            if (CommandRules.MayCall(chat.Rules, command, session.User.Level))
            {
                candidates.Offer(command.Name);
            }
        }

        if (candidates.Count == 0)
        {
            OfferAliases(candidates);
        }
    }

    // Only where no name fits, so that a list of all commands shows each once.
    private void OfferAliases(CandidateList candidates)
    {
        foreach (CommandInfo command in CommandDispatcher.All)
        {
            if (CommandRules.MayCall(chat.Rules, command, session.User.Level))
            {
                foreach (string alias in command.Aliases)
                {
                    candidates.Offer(alias);
                }
            }
        }
    }

    private void OfferRooms(CandidateList candidates)
    {
        foreach (Room room in chat.Rooms.All)
        {
            if (candidates.IsFull)
            {
                break;
            }

            if (Permissions.MayIn(session.User, room, RoomRight.Look))
            {
                candidates.Offer(room.Name);
            }
        }
    }

    private void OfferUsers(CandidateList candidates)
    {
        foreach (User other in chat.Users)
        {
            if (candidates.IsFull)
            {
                break;
            }

            if (other != session.User)
            {
                candidates.Offer(other.Name);
            }
        }
    }

    private enum Kind
    {
        User,
        Room,
        Command,
    }
}
