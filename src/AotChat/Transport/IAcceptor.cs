using System.Net;
using AotChat.Loop;

namespace AotChat.Transport;

/// <summary>A place where connections arrive: bound and listening, without blocking. Used on the loop's thread only.</summary>
internal interface IAcceptor : IDisposable
{
    /// <summary>The address that it is bound to, with the port that the system chose for port 0.</summary>
    EndPoint EndPoint { get; }

    /// <summary>Begins to report newcomers to the loop under this token.</summary>
    void Attach(LoopToken token);

    /// <summary>Resumes reporting newcomers, or pauses: clients that come meanwhile wait in the backlog.</summary>
    void Watch(bool isOpen);

    /// <summary>Takes the next connection.</summary>
    /// <param name="transport">The way to the peer, for <see cref="AcceptStatus.Accepted"/>.</param>
    /// <param name="peer">Where it comes from.</param>
    /// <param name="error">What went wrong, for the log.</param>
    AcceptStatus Accept(out ITransport? transport, out PeerAddress peer, out string error);

    /// <summary>
    /// Removes the file of a Unix socket, as long as it is the one that was bound. To be called before
    /// <see cref="IDisposable.Dispose"/>. Returns why it was left, or null.
    /// </summary>
    string? RemoveFile();
}
