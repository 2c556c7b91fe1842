using System.Runtime.InteropServices;

namespace AotChat.Load;

/// <summary>
/// What the kernel itself takes: the CPU time of a bare <c>send</c> of a line to each of many connections, one after the
/// other. On loopback the receiver's half of TCP runs inside of it.
/// </summary>
internal static class BareSend
{
    private const int Connections = 100;
    private const int Rounds = 2_000;
    private const int LineBytes = 98;

    /// <summary>Nanoseconds a send, in the median of many rounds.</summary>
    public static double Measure()
    {
        int listener = Native.Listen(0);
        int port = Native.PortOf(listener);
        int[] far = new int[Connections];
        int[] near = new int[Connections];
        for (int i = 0; i < Connections; i++)
        {
            far[i] = Native.Connect(port);
            near[i] = AcceptOne(listener);
        }

        byte[] line = new byte[LineBytes];
        byte[] drain = new byte[64 * 1024];
        long[] took = new long[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            long before = Clock.ThreadCpu;
            foreach (int socket in near)
            {
                Native.Check((int)Native.Send(socket, line, line.Length, Native.NoSignal), "send");
            }

            took[round] = Clock.ThreadCpu - before;
            foreach (int socket in far)
            {
                _ = Native.Receive(socket, drain, drain.Length, 0);
            }
        }

        foreach (int socket in (int[])[.. far, .. near, listener])
        {
            _ = Native.Close(socket);
        }

        Array.Sort(took);
        return (double)took[Rounds / 2] / Connections;
    }

    private static int AcceptOne(int listener)
    {
        int socket;
        while ((socket = Native.Accept(listener, 0, 0, Native.NonBlockingCloseOnExec)) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Native.WouldBlock)
            {
                Native.Check(-1, "accept");
            }
        }

        return socket;
    }
}
