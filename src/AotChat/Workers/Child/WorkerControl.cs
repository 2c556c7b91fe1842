using AotChat.Configuration;
using AotChat.Native;
using Microsoft.Win32.SafeHandles;

namespace AotChat.Workers.Child;

/// <summary>
/// The worker's second thread: says at intervals that the process is alive, passes on what the server asks of the job that
/// runs, and ends the process when the server is gone, whatever the job does.
/// </summary>
internal sealed class WorkerControl
{
    // It waits and passes on; the default of 8 MiB would be address space for nothing.
    private const int StackBytes = 128 * 1024;

    private readonly WorkerLoop _loop;
    private readonly int _descriptor;

    private WorkerControl(WorkerLoop loop, int descriptor)
    {
        _loop = loop;
        _descriptor = descriptor;
    }

    /// <summary>Begins; without a control pipe (below 0) there are heartbeats alone.</summary>
    public static void Start(WorkerLoop loop, int descriptor)
    {
        WorkerControl control = new(loop, descriptor);
        new Thread(control.Run, StackBytes) { IsBackground = true, Name = "control" }.Start();
    }

    private void Run()
    {
        try
        {
            if (_descriptor < 0)
            {
                while (true)
                {
                    _loop.SendHeartbeat();
                    Thread.Sleep(ChatOptions.HeartbeatInterval);
                }
            }

            Listen();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            // The server is gone.
        }

        Environment.Exit(0);
    }

    private void Listen()
    {
        using FileStream stream = new(new SafeFileHandle(_descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0);
        FrameBuffer frames = new(FrameCodec.MaxRequestBytes);
        while (true)
        {
            _loop.SendHeartbeat();
            if (!FileCalls.Wait(_descriptor, FileCalls.Readable, (int)ChatOptions.HeartbeatInterval.TotalMilliseconds))
            {
                continue;
            }

            int count = stream.Read(frames.Space.Span);
            if (count == 0)
            {
                return;
            }

            frames.Advance(count);
            while (frames.TryTake(out Frame frame))
            {
                if (frame.Kind == FrameKind.Cancel)
                {
                    _loop.Cancel(frame.JobId);
                }
            }
        }
    }
}
