using System.Buffers;
using System.Text;
using AotChat.Configuration;
using AotChat.Limits;
using AotChat.Native;
using AotChat.Tests.Simulation;
using AotChat.Workers;
using AotChat.Workers.Pool;

namespace AotChat.Tests.Workers.Pool;

/// <summary>The pipes of a worker on Linux. The test holds their other ends, and there is no process.</summary>
public sealed class SpawnedWorkerSpecs
{
    // No process can have this number (proc_sys_kernel(5), pid_max), so a signal to it goes nowhere.
    private const int NoProcess = int.MaxValue;

    private readonly FakePoolLoop _loop = new();
    private readonly RecordingLogger _log = new();
    private readonly Heard _heard = new();
    private readonly SpawnedWorker _worker;
    private readonly int[] _input = new int[2];
    private readonly int[] _output = new int[2];
    private readonly int[] _error = new int[2];
    private readonly int[] _control = new int[2];

    public SpawnedWorkerSpecs()
    {
        _worker = new SpawnedWorker(7, _heard, _loop, new ChildTable(isInit: false), new RateBudget(_loop.Time, ChatOptions.WorkerLogBurst, ChatOptions.WorkerLogRate), _log);
        if (OperatingSystem.IsLinux())
        {
            foreach (int[] pipe in (int[][])[_input, _output, _error, _control])
            {
                Assert.Equal(0, FileCalls.Pipe(pipe, FileCalls.CloseOnExec | FileCalls.NonBlocking));
            }

            _worker.OnStarted(NoProcess, [_input[1], _output[0], _error[0], _control[1]]);
        }
    }

    [Fact]
    public void The_last_words_of_a_worker_are_logged_though_its_end_is_seen_first()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Write(_error[1], "a stack\n" + new string('x', 5_000) + "\nand the last words");
        Close(_output[1]);
        _loop.Watched[_output[0]]();

        Assert.Equal(
            ["Worker 7: a stack", "Worker 7: " + new string('x', ChatOptions.WorkerLogLineBytes) + "…", "Worker 7: and the last words"],
            _log.Entries.Select(entry => entry.Message));
        Assert.Single(_heard.Exits);
        CloseRest(_error[1]);
    }

    [Fact]
    public void A_worker_that_prints_without_end_keeps_nobody_from_hearing_of_its_end()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        while (FileCalls.Write(_error[1], new byte[4_096], 4_096) > 0)
        {
        }

        Close(_output[1]);
        _loop.Watched[_output[0]]();

        Assert.Single(_heard.Exits);
        CloseRest(_error[1]);
    }

    [Fact]
    public void A_worker_that_has_ended_leaves_nothing_watched_and_no_descriptor_open()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Close(_output[1]);
        _loop.Watched[_output[0]]();

        Assert.Empty(_loop.Watched);
        Assert.False(_worker.TrySend("x"u8));

        // The other ends see that these are closed.
        Assert.Equal(0, FileCalls.Read(_input[0], new byte[1], 1));
        Assert.Equal(0, FileCalls.Read(_control[0], new byte[1], 1));
        CloseRest(_error[1]);
    }

    [Fact]
    public void Frames_are_heard_in_whatever_pieces_they_come_and_before_the_end()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        ArrayBufferWriter<byte> frames = new();
        FrameCodec.Write(frames, FrameKind.Result, 1, "one"u8);
        FrameCodec.Write(frames, FrameKind.Result, 2, new byte[40_000]);
        Assert.Equal(5, FileCalls.Write(_output[1], frames.WrittenSpan[..5], 5));
        _loop.Watched[_output[0]]();
        Assert.Empty(_heard.Frames);

        Assert.Equal(frames.WrittenCount - 5, FileCalls.Write(_output[1], frames.WrittenSpan[5..], frames.WrittenCount - 5));
        Close(_output[1]);
        for (int turns = 0; turns < 10 && _loop.Watched.TryGetValue(_output[0], out Action? read); turns++)
        {
            read();
        }

        Assert.Equal([(1u, 3), (2u, 40_000)], _heard.Frames);
        Assert.Single(_heard.Exits);
        CloseRest(_error[1]);
    }

    private static void Write(int descriptor, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(bytes.Length, FileCalls.Write(descriptor, bytes, bytes.Length));
    }

    private static void Close(int descriptor) => Assert.Equal(0, FileCalls.Close(descriptor));

    private void CloseRest(params ReadOnlySpan<int> others)
    {
        Close(_input[0]);
        Close(_control[0]);
        foreach (int descriptor in others)
        {
            Close(descriptor);
        }
    }

    /// <summary>What the pool hears.</summary>
    private sealed class Heard : IWorkerEvents
    {
        public List<(uint Job, int Length)> Frames { get; } = [];

        public List<WorkerExit> Exits { get; } = [];

        public void OnFrame(Frame frame) => Frames.Add((frame.JobId, frame.Payload.Length));

        public void OnExited(WorkerExit exit) => Exits.Add(exit);
    }
}
