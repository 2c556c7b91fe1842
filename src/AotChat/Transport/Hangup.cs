using System.Net.Sockets;

namespace AotChat.Transport;

/// <summary>Closes a socket so that the last line still arrives.</summary>
internal static class Hangup
{
    /// <summary>How many reads throw away what has arrived: a peer that keeps sending can't hold the loop here, and is reset.</summary>
    public const int MaxDrains = 4;

    /// <summary>
    /// Says the end of output, throws away what has arrived and closes. Closing with unread input would reset the
    /// connection, and the reset may overtake what was sent last (RFC 1122, 4.2.2.13).
    /// </summary>
    public static void Close(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            Span<byte> discarded = stackalloc byte[4096];
            for (int i = 0; i < MaxDrains; i++)
            {
                if (socket.Receive(discarded, SocketFlags.None, out SocketError error) <= 0 || error != SocketError.Success)
                {
                    break;
                }
            }
        }
        catch (SocketException)
        {
            // The peer was gone first; there is nothing left to save.
        }

        socket.Dispose();
    }
}
