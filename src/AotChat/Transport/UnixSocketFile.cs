using System.Net.Sockets;
using System.Runtime.InteropServices;
using AotChat.Native;

namespace AotChat.Transport;

/// <summary>
/// The file of a Unix socket: who may open it, what a server that was killed has left, and its removal, as long as it is
/// still the file that was bound and not one that somebody has put in its place.
/// </summary>
internal sealed class UnixSocketFile
{
    // Read and write for owner and group: who may talk is a matter of the group.
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    // The permissions of owner, group and others.
    private const uint AllBits = 0x1FF;

    private readonly string _path;
    private readonly FileIdentity? _identity;
    private bool _isRemoved;

    private UnixSocketFile(string path)
    {
        _path = path;
        _identity = OperatingSystem.IsLinux() ? FileCalls.IdentityOf(path) : null;
    }

    /// <summary>
    /// Binds a socket to a path, takes its file, and lets its owner and group in; the file of a server that is gone goes before.
    /// To be called before anybody can connect.
    /// </summary>
    /// <param name="endPoint">The path.</param>
    /// <param name="bind">Binds the socket.</param>
    /// <exception cref="IOException">The path belongs to a server that runs, or to no socket.</exception>
    public static UnixSocketFile Claim(UnixDomainSocketEndPoint endPoint, Action bind)
    {
        RemoveStale(endPoint);
        string path = endPoint.ToString();
        if (OperatingSystem.IsLinux())
        {
            // The file has its mode from the beginning: changing it afterwards could change another file in its place.
            uint before = FileCalls.SetMask(~(uint)Mode & AllBits);
            try
            {
                bind();
            }
            finally
            {
                _ = FileCalls.SetMask(before);
            }

            return new UnixSocketFile(path);
        }

        bind();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Mode);
        }

        return new UnixSocketFile(path);
    }

    /// <summary>
    /// Removes the file; to be called while the socket still listens, since from then on somebody else may take the path.
    /// Returns why it was left, or null. A file that is gone already, or is another one by now, is nobody's fault. Does
    /// nothing the second time.
    /// </summary>
    public string? Remove()
    {
        if (_isRemoved)
        {
            return null;
        }

        _isRemoved = true;
        if (!OperatingSystem.IsLinux())
        {
            return RemoveAnyway();
        }

        if (_identity is null || FileCalls.IdentityOf(_path) != _identity || FileCalls.Unlink(_path) == 0)
        {
            return null;
        }

        int error = Marshal.GetLastPInvokeError();
        return error == FileCalls.NotFound ? null : Marshal.GetPInvokeErrorMessage(error);
    }

    /// <summary>Removes the file of a server that is gone.</summary>
    /// <exception cref="IOException">It belongs to a server that runs, or is not a socket.</exception>
    public static void RemoveStale(UnixDomainSocketEndPoint endPoint)
    {
        string path = endPoint.ToString();
        if (!File.Exists(path))
        {
            return;
        }

        FileIdentity? found = OperatingSystem.IsLinux() ? FileCalls.IdentityOf(path) : null;

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

            if (OperatingSystem.IsLinux() && FileCalls.IdentityOf(path) != found)
            {
                throw new IOException("another server has begun to listen there");
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

    private string? RemoveAnyway()
    {
        try
        {
            File.Delete(_path);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    // .NET knows no name for sockets; they are what exists and can't be opened as a file.
    private static bool IsSocket(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            return FileCalls.IsSocket(path);
        }

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
