using System.Net.Sockets;

namespace AotChat.Net;

/// <summary>The file of a Unix socket: who may open it, and what a server that was killed has left.</summary>
internal static class UnixSocketFile
{
    // Read and write for owner and group: who may talk is a matter of the group.
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>Removes the file of a server that is gone.</summary>
    /// <exception cref="IOException">It belongs to a server that runs, or is not a socket.</exception>
    public static void RemoveStale(UnixDomainSocketEndPoint endPoint)
    {
        string path = endPoint.ToString();
        if (!File.Exists(path))
        {
            return;
        }

        // Without waiting: a server that is stopped, or busy, may have no room for one more and still be there.
        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            probe.Connect(endPoint);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            if (!IsSocket(path))
            {
                throw new IOException("the file exists and is not a socket");
            }

            File.Delete(path);
            return;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // It has not refused, so that somebody is there.
        }

        throw new IOException("another server is listening there");
    }

    /// <summary>Lets the owner and the group in. To be called before anybody can connect.</summary>
    public static void Restrict(UnixDomainSocketEndPoint endPoint)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(endPoint.ToString(), Mode);
        }
    }

    // .NET knows no name for sockets; they are what exists and can't be opened as a file.
    private static bool IsSocket(string path)
    {
        try
        {
            File.OpenHandle(path).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
