using AotChat.Chat;

namespace AotChat.Protocols.Terminal;

/// <content>Where its user comes from, since when, and how.</content>
internal sealed partial class SessionTerminal
{
    /// <inheritdoc/>
    public bool IsEncrypted => false;

    /// <inheritdoc/>
    public string Origin => session.Peer.ToString();

    /// <inheritdoc/>
    public UInt128 OriginBlock =>
        session.Peer.IsThisMachine ? IUserSession.ThisMachine : new UInt128(session.Peer.Block.High, session.Peer.Block.Low);

    /// <inheritdoc/>
    public UInt128 Address => new(session.Peer.Full.High, session.Peer.Full.Low);

    /// <inheritdoc/>
    public long ConnectionId => session.Connection.Id;

    /// <inheritdoc/>
    public string Protocol => server.Name;

    /// <inheritdoc/>
    public long Since => session.Since;

    /// <inheritdoc/>
    public long LastActive => session.LastActive;

    /// <inheritdoc/>
    public int WaitingBytes => PendingBytes;

    /// <inheritdoc/>
    public uint? LocalUser => session.Peer.LocalUser;

    /// <inheritdoc/>
    public bool IsConsole => session.Peer.IsHost;
}
