using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using AotChat.Native;
using Microsoft.Win32.SafeHandles;

namespace AotChat.Loop;

/// <summary>Readiness from epoll(7), with an eventfd(2) to wake the loop; its cost does not grow with idle sockets.</summary>
internal sealed class EpollPoller : IPoller
{
    private const int MaxEvents = 512;
    private const ulong WakeData = ulong.MaxValue;

    private readonly SafeFileHandle _epoll;
    private readonly SafeFileHandle _wake;
    private readonly byte[] _events = new byte[MaxEvents * EpollCalls.EventSize];
    private readonly byte[] _description = new byte[EpollCalls.EventSize];

    public EpollPoller()
    {
        _epoll = EpollCalls.Create(EpollCalls.CloseOnExec);
        _wake = EpollCalls.EventDescriptor(0, EpollCalls.CloseOnExec | EpollCalls.NonBlocking);
        if (_epoll.IsInvalid || _wake.IsInvalid)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        Control(EpollCalls.Add, _wake.DangerousGetHandle(), EpollCalls.In, WakeData);
    }

    /// <summary>Begins to watch a descriptor. Closing it ends that.</summary>
    public void Add(int descriptor, LoopToken token, Readiness interest) =>
        Control(EpollCalls.Add, descriptor, EventsOf(interest), token.Packed);

    /// <summary>Changes the token of a watched descriptor, or what it is waited for.</summary>
    public void Change(int descriptor, LoopToken token, Readiness interest) =>
        Control(EpollCalls.Modify, descriptor, EventsOf(interest), token.Packed);

    /// <summary>Stops watching a descriptor that stays open.</summary>
    public void Remove(int descriptor) => Control(EpollCalls.Delete, descriptor, 0, 0);

    public int Wait(Span<PollEvent> events, int timeoutMilliseconds)
    {
        int capacity = Math.Min(events.Length, MaxEvents);
        int ready = EpollCalls.Wait(_epoll, _events, capacity, timeoutMilliseconds);
        if (ready < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            return error == FileCalls.Interrupted ? 0 : throw new Win32Exception(error);
        }

        int count = 0;
        for (int i = 0; i < ready; i++)
        {
            ReadOnlySpan<byte> description = _events.AsSpan(i * EpollCalls.EventSize, EpollCalls.EventSize);
            uint flags = BinaryPrimitives.ReadUInt32LittleEndian(description);
            ulong data = BinaryPrimitives.ReadUInt64LittleEndian(description[EpollCalls.DataOffset..]);
            if (data == WakeData)
            {
                ClearWake();
            }
            else
            {
                events[count++] = new PollEvent(LoopToken.Unpack(data), ReadinessOf(flags));
            }
        }

        return count;
    }

    public void Wake()
    {
        Span<byte> one = stackalloc byte[sizeof(ulong)];
        BitConverter.TryWriteBytes(one, 1UL);

        try
        {
            // The only failure, a full counter, means that the loop is awake already.
            _ = FileCalls.Write(_wake, one, one.Length);
        }
        catch (ObjectDisposedException)
        {
            // The loop has ended; a thread that learns of it late has nobody to wake.
        }
    }

    public void Dispose()
    {
        _wake.Dispose();
        _epoll.Dispose();
    }

    private void ClearWake()
    {
        Span<byte> counter = stackalloc byte[sizeof(ulong)];
        _ = FileCalls.Read(_wake, counter, counter.Length);
    }

    private void Control(int operation, nint descriptor, uint events, ulong data)
    {
        // The structure is in the machine's own byte order; every machine that .NET runs Linux on but s390x is little-endian.
        MemoryMarshal.Write(_description, events);
        MemoryMarshal.Write(_description.AsSpan(EpollCalls.DataOffset), data);
        if (EpollCalls.Control(_epoll, operation, descriptor, _description) < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    private static uint EventsOf(Readiness interest) =>
        ((interest & Readiness.Readable) != 0 ? EpollCalls.In : 0) | ((interest & Readiness.Writable) != 0 ? EpollCalls.Out : 0);

    // An error or a hang-up shows as readable and writable: the next call on the socket says what it is.
    private static Readiness ReadinessOf(uint flags)
    {
        Readiness readiness = Readiness.None;
        if ((flags & (EpollCalls.In | EpollCalls.HangUp | EpollCalls.Error)) != 0)
        {
            readiness |= Readiness.Readable;
        }

        if ((flags & (EpollCalls.Out | EpollCalls.HangUp | EpollCalls.Error)) != 0)
        {
            readiness |= Readiness.Writable;
        }

        if ((flags & (EpollCalls.HangUp | EpollCalls.Error)) != 0)
        {
            readiness |= Readiness.Broken;
        }

        return readiness;
    }
}
