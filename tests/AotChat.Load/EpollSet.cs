using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AotChat.Load;

/// <summary>Waits for many descriptors at once, level-triggered.</summary>
internal sealed class EpollSet : IDisposable
{
    private const int Capacity = 512;
    private const int Interrupted = 4;

    // struct epoll_event is packed on x86-64 alone.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private readonly byte[] _events = new byte[Capacity * EventSize];
    private readonly int _epoll = Native.Check(Native.EpollCreate(0x80000), "epoll_create1");

    /// <summary>Begins to watch a descriptor; its events carry the number.</summary>
    public void Add(int descriptor, int number, uint events) => Control(Native.Add, descriptor, number, events);

    /// <summary>Changes what a descriptor is watched for.</summary>
    public void Change(int descriptor, int number, uint events) => Control(Native.Modify, descriptor, number, events);

    /// <summary>Waits at most until then; returns how many are ready.</summary>
    public int WaitUntil(long deadline)
    {
        long left = Math.Max(0, deadline - Clock.Now);
        Span<long> timeout = [left / 1_000_000_000, left % 1_000_000_000];
        int count = Native.EpollWait(_epoll, _events, Capacity, timeout, 0);
        return count < 0 && Marshal.GetLastPInvokeError() == Interrupted ? 0 : Native.Check(count, "epoll_pwait2");
    }

    /// <summary>The number and the events of one that is ready.</summary>
    public (int Number, uint Events) this[int index]
    {
        get
        {
            ReadOnlySpan<byte> description = _events.AsSpan(index * EventSize, EventSize);
            return (BinaryPrimitives.ReadInt32LittleEndian(description[(EventSize - 8)..]), BinaryPrimitives.ReadUInt32LittleEndian(description));
        }
    }

    public void Dispose() => _ = Native.Close(_epoll);

    private void Control(int operation, int descriptor, int number, uint events)
    {
        Span<byte> description = stackalloc byte[EventSize];
        description.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(description, events);
        BinaryPrimitives.WriteInt32LittleEndian(description[(EventSize - 8)..], number);
        Native.Check(Native.EpollControl(_epoll, operation, descriptor, description), "epoll_ctl");
    }
}
