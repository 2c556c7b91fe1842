using System.Runtime.InteropServices;

namespace AotChat.Load;

/// <summary>One connection of the generator: its beginning of a line, and what the server does not take yet.</summary>
internal sealed class LoadClient(int socket, int number)
{
    private byte[] _carry = [];
    private byte[] _unsent = [];
    private int _unsentCount;

    public int Socket { get; } = socket;

    public int Number { get; } = number;

    /// <summary>The name from the welcome line.</summary>
    public string Name { get; set; } = "";

    /// <summary>How many bytes of an incomplete line are kept.</summary>
    public int CarryCount { get; private set; }

    /// <summary>Whether bytes wait until the server takes them.</summary>
    public bool IsBlocked => _unsentCount > 0;

    /// <summary>The incomplete line.</summary>
    public ReadOnlySpan<byte> Carry => _carry.AsSpan(0, CarryCount);

    /// <summary>Keeps an incomplete line.</summary>
    public void Keep(ReadOnlySpan<byte> rest)
    {
        if (rest.Length > _carry.Length)
        {
            _carry = new byte[Math.Max(256, rest.Length * 2)];
        }

        rest.CopyTo(_carry);
        CarryCount = rest.Length;
    }

    /// <summary>Sends bytes, after those that wait.</summary>
    public void Send(ReadOnlySpan<byte> bytes, EpollSet poll)
    {
        int sent = IsBlocked ? 0 : TrySend(bytes);
        if (sent == bytes.Length)
        {
            return;
        }

        ReadOnlySpan<byte> rest = bytes[sent..];
        if (_unsentCount + rest.Length > _unsent.Length)
        {
            Array.Resize(ref _unsent, (_unsentCount + rest.Length) * 2);
        }

        rest.CopyTo(_unsent.AsSpan(_unsentCount));
        _unsentCount += rest.Length;
        poll.Change(Socket, Number, Native.In | Native.Out);
    }

    /// <summary>The server takes bytes again.</summary>
    public void Resume(EpollSet poll)
    {
        int sent = TrySend(_unsent.AsSpan(0, _unsentCount));
        _unsent.AsSpan(sent, _unsentCount - sent).CopyTo(_unsent);
        _unsentCount -= sent;
        if (!IsBlocked)
        {
            poll.Change(Socket, Number, Native.In);
        }
    }

    private int TrySend(ReadOnlySpan<byte> bytes)
    {
        int sent = (int)Native.Send(Socket, bytes, bytes.Length, Native.NoSignal);
        return sent < 0 && Marshal.GetLastPInvokeError() == Native.WouldBlock ? 0 : Native.Check(sent, "send");
    }
}
