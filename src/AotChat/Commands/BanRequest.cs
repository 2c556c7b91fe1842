using System.Diagnostics.CodeAnalysis;
using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Text;

namespace AotChat.Commands;

/// <summary>What somebody asks for with <c>ban</c> or <c>mute</c>: whom it is to hold for, how long, and why.</summary>
/// <param name="Kind">What it forbids.</param>
/// <param name="Account">The account that it holds for; 0 for none.</param>
/// <param name="Name">The name that it holds for, or was made for; empty for an address.</param>
/// <param name="Address">The address or range; empty for none.</param>
/// <param name="Duration">How long; null for ever.</param>
/// <param name="Reason">Why; may be empty.</param>
internal sealed record BanRequest(BanKind Kind, long Account, string Name, string Address, TimeSpan? Duration, string Reason)
{
    /// <summary>The user whom it was made for, where one is here.</summary>
    public User? User { get; private init; }

    /// <summary>Whom it is about, as the one who asks wrote it or would write it again.</summary>
    public string Target => Name.Length > 0 ? Name : Address;

    /// <summary>Reads what stands behind the command and the room; where it makes no sense, the caller is told.</summary>
    /// <param name="context">The context of the caller.</param>
    /// <param name="kind">What it forbids.</param>
    /// <param name="target">A user who is or was here, an account, an address or a range.</param>
    /// <param name="rest">The duration and the reason; each may be missing.</param>
    /// <param name="request">What is asked for.</param>
    public static bool TryRead(
        CommandContext context, BanKind kind, ReadOnlySpan<byte> target, ReadOnlySpan<byte> rest, [NotNullWhen(true)] out BanRequest? request)
    {
        request = null;
        int at = 0;
        TimeSpan? duration = null;
        if (DurationText.TryParse(ArgumentReader.ReadWord(rest, ref at), out TimeSpan given))
        {
            if (given < ChatOptions.ShortestBan)
            {
                context.Reply($"Too short: it must last for a second at least.");
                return false;
            }

            duration = given;
            rest = ArgumentReader.ReadRest(rest, at);
        }

        return ModerationWords.TryReadReason(context, rest, out string? reason)
            && TryFind(context, kind, target, duration, reason, out request);
    }

    /// <summary>The ban that it asks for.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="room">The room that it holds in; <see cref="BanList.Server"/> for the whole server.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="now">The time, in ticks of UTC.</param>
    public StoredBan ToBan(long id, long room, User by, long now) => new(
        id, Kind, room, Account, Name, Address, by.ToString(), Reason, now, Duration is { } duration ? now + duration.Ticks : StoredBan.Forever);

    private static bool TryFind(
        CommandContext context, BanKind kind, ReadOnlySpan<byte> target, TimeSpan? duration, string reason, [NotNullWhen(true)] out BanRequest? request)
    {
        string text = Encoding.UTF8.GetString(target);
        if (AddressRange.TryParse(text, out AddressRange range))
        {
            request = new BanRequest(kind, 0, "", range.ToString(), duration, reason);
        }
        else if (AccountNames.TryFind(context, target, out Account? account))
        {
            request = new BanRequest(kind, account.Id, Encoding.UTF8.GetString(account.Name), "", duration, reason) { User = account.User };
        }
        else if (context.TryFindUser(target, out User? guest))
        {
            // A name alone is changed in no time; but who sits at this machine has its address with everybody else there.
            string address = guest.OriginBlock == IUserSession.ThisMachine ? "" : AddressRange.OfBlock(guest.OriginBlock).ToString();
            request = new BanRequest(kind, 0, guest.ToString(), address, duration, reason) { User = guest };
        }
        else if (NameRules.IsWellFormed(NameRules.WithoutMark(target)) && (context.User.Level == UserLevel.Operator || context.Chat.IsOrWasHere(target)))
        {
            request = new BanRequest(kind, 0, Encoding.UTF8.GetString(NameRules.WithoutMark(target)), "", duration, reason);
        }
        else
        {
            request = null;
            context.UserNotFound(target);
        }

        return request is not null;
    }
}
