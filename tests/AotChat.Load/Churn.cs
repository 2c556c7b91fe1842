using System.Runtime.InteropServices;

namespace AotChat.Load;

/// <summary>Connections that come, read their welcome line and go, as fast as the server lets them.</summary>
internal static class Churn
{
    // So many that the moment in which a newcomer may say what it speaks is not what is measured.
    private const int Slots = 64;
    private const long Second = 1_000_000_000;

    // One address has 28,000 ports, and each is blocked for a minute after it was used.
    private const int Sources = 16;
    private const int FirstSource = 2;

    /// <summary>Measures once.</summary>
    public static Figures Run(Func<Target> start, double seconds)
    {
        using Target target = start();
        using EpollSet poll = new();
        int[] sockets = new int[Slots];
        int opened = 0;
        for (int slot = 0; slot < Slots; slot++)
        {
            Open(slot);
        }

        byte[] buffer = new byte[512];
        long done = 0;
        long cpu = Clock.ProcessCpu(target.ProcessId);
        long begin = Clock.Now;
        long end = begin + (long)(seconds * Second);
        while (Clock.Now < end)
        {
            int ready = poll.WaitUntil(end);
            for (int i = 0; i < ready; i++)
            {
                int slot = poll[i].Number;
                int count = (int)Native.Receive(sockets[slot], buffer, buffer.Length, 0);
                if (count < 0 && Marshal.GetLastPInvokeError() == Native.WouldBlock)
                {
                    Native.CheckConnected(sockets[slot]);
                    continue;
                }

                if (Native.Check(count, "recv") == 0 || buffer[count - 1] != '\n')
                {
                    throw new LoadException("a connection ended without a welcome line");
                }

                done++;
                _ = Native.Close(sockets[slot]);
                Open(slot);
            }
        }

        double took = (double)(Clock.Now - begin) / Second;
        double busy = Clock.ProcessCpu(target.ProcessId) - cpu;
        foreach (int socket in sockets)
        {
            _ = Native.Close(socket);
        }

        return new Figures().Add("connects/s", done / took).Add("CPU µs/connect", busy / 1_000 / Math.Max(1, done));

        void Open(int slot)
        {
            sockets[slot] = Native.Connect(target.Port, FirstSource + (opened++ % Sources));
            poll.Add(sockets[slot], slot, Native.In);
        }
    }
}
