using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using AotChat.Configuration;
using AotChat.Workers;
using AotChat.Workers.Child;

namespace AotChat.Tests.Workers.Child;

/// <summary>The worker's side of the pipe, without a process.</summary>
public sealed class WorkerProgramSpecs
{
    [Fact]
    public void A_worker_says_that_it_is_ready_and_of_which_build()
    {
        Frame ready = Assert.Single(Serve());

        Assert.Equal(FrameKind.Ready, ready.Kind);
        Assert.Equal(JobTable.Signature, BinaryPrimitives.ReadUInt64LittleEndian(ready.Payload.Span));
        Assert.Equal(1, ready.Payload.Span[sizeof(ulong)]);
        Assert.Equal(WorkerContract.Build, ready.Payload.Span[(sizeof(ulong) + 1)..]);
    }

    [Fact]
    public void A_worker_answers_each_job_in_turn_with_its_id()
    {
        Frame[] answers = Serve(Fibonacci(11, 5), Fibonacci(12, 6));

        Assert.Equal([(FrameKind.Result, 11u, "5"), (FrameKind.Result, 12u, "8")], answers[1..].Select(Decode));
    }

    [Fact]
    public void A_job_that_fails_says_why_and_the_next_one_runs()
    {
        Frame[] answers = Serve(Fibonacci(1, 0), Fibonacci(2, 1));

        Assert.Equal((FrameKind.Failure, 1u), (answers[1].Kind, answers[1].JobId));
        Assert.Equal("N must be from 1 to 1000000", Encoding.UTF8.GetString(answers[1].Payload.Span[1..]));
        Assert.Equal((FrameKind.Result, 2u, "1"), Decode(answers[2]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("FF FF")]
    [InlineData("00 00 01")]
    public void A_request_that_fits_no_job_is_a_failure_not_an_end(string hex)
    {
        byte[] payload = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Frame[] answers = Serve(new Frame(FrameKind.Run, 3, payload), Fibonacci(4, 2));

        Assert.Equal([FrameKind.Failure, FrameKind.Result], answers[1..].Select(answer => answer.Kind));
    }

    [Fact]
    public void A_cancellation_that_arrives_before_its_job_cancels_that_one_and_no_other()
    {
        Frame[] answers = ServeAfter(loop => loop.Cancel(2), Slow(1, 21), Slow(2, 21), Slow(3, 21));

        Assert.Equal([(FrameKind.Result, 1u), (FrameKind.Failure, 2u), (FrameKind.Result, 3u)], answers[1..].Select(answer => (answer.Kind, answer.JobId)));
        Assert.Equal((byte)JobFailure.Cancelled, Assert.Single(answers[2].Payload.ToArray()));
    }

    private static Frame[] Serve(params Frame[] requests) => ServeAfter(_ => { }, requests);

    private static Frame[] ServeAfter(Action<WorkerLoop> first, params Frame[] requests)
    {
        ArrayBufferWriter<byte> input = new();
        foreach (Frame request in requests)
        {
            FrameCodec.Write(input, request.Kind, request.JobId, request.Payload.Span);
        }

        MemoryStream output = new();
        using WorkerLoop loop = new(new MemoryStream(input.WrittenSpan.ToArray()), output);
        loop.SayReady(WorkerLimits.Network);
        first(loop);
        Assert.True(loop.Run());
        output.Position = 0;
        FrameReader reader = new(output, ChatOptions.ResultBytes);
        List<Frame> answers = [];
        while (reader.TryRead(out Frame frame))
        {
            answers.Add(frame with { Payload = frame.Payload.ToArray() });
        }

        return [.. answers];
    }

    private static Frame Fibonacci(uint id, int n) => Request("Fibonacci", id, n);

    private static Frame Slow(uint id, int n) => Request("FibonacciSlowly", id, n);

    private static Frame Request(string name, uint id, int n)
    {
        ushort index = (ushort)Enumerable.Range(0, JobTable.Count).Single(job => JobTable.InfoOf((ushort)job).Name == name);
        byte[] payload = new byte[sizeof(ushort) + sizeof(int)];
        BinaryPrimitives.WriteUInt16LittleEndian(payload, index);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(sizeof(ushort)), n);
        return new Frame(FrameKind.Run, id, payload);
    }

    private static (FrameKind Kind, uint JobId, string Result) Decode(Frame frame) =>
        (frame.Kind, frame.JobId, new PayloadReader(frame.Payload.Span).ReadString());
}
