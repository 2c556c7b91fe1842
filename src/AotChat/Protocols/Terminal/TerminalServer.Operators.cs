using System.Globalization;
using AotChat.Chat;
using AotChat.Transport;

namespace AotChat.Protocols.Terminal;

/// <content>Whom operators keep out, and what they do.</content>
internal sealed partial class TerminalServer
{
    /// <inheritdoc/>
    public bool TryRefuse(ITransport transport, PeerAddress peer, out string reason)
    {
        reason = "";
        StoredBan? ban = Chat.Bans.Count == 0
            ? null
            : Chat.Bans.Find(BanKind.Ban, BanList.Server, new UInt128(peer.Full.High, peer.Full.Low), Chat.Events.Now);
        if (ban is null && Chat.Lock is null)
        {
            return false;
        }

        NoticeComposer line = Chat.Notices.Begin();
        if (ban is not null)
        {
            reason = string.Create(CultureInfo.InvariantCulture, $"ban {ban.Id} holds for it");
            line.AppendLiteral("You are banned from this server"u8);
            line.AppendTerm(ban);
        }
        else
        {
            reason = "the server is locked";
            line.AppendLiteral("Server is locked; try again later."u8);
            if (Chat.Lock is { Length: > 0 } why)
            {
                line.AppendLiteral(" Reason: "u8);
                line.AppendText(why);
            }
        }

        Write(transport, line.End());
        return true;
    }

    /// <inheritdoc/>
    public void WriteRefusal(ITransport transport, ReadOnlySpan<byte> reason)
    {
        Chat.Notices.Begin();
        Chat.Notices.AppendLiteral(reason);
        Write(transport, Chat.Notices.End());
    }

    private void Write(ITransport transport, ChatEvent notice) => transport.Send(UsualLines.Bytes(UsualLines.Encode(notice)), out _);

    private void NoteActed(IUserSession session, AuditEntry entry)
    {
        string act = entry.Action + (entry.Target.Length > 0 ? " " + entry.Target : "") + (entry.Room.Length > 0 ? " in #" + entry.Room : "");
        SessionLog.Acted(
            Logger, session.ConnectionId, session.Origin, session.User, act, entry.Id, session.User.Account?.Kept.Name, entry.Action, entry.Target, entry.Room);
    }
}
