using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using AotChat.Jobs;

namespace AotChat.Workers;

/// <summary>
/// The executable's second role: reads jobs from standard input, runs one at a time and writes what came of it to
/// standard output. It ends with its input, and with its server.
/// </summary>
internal static class WorkerProgram
{
    /// <summary>The argument that asks for this role.</summary>
    public const string Flag = "--worker";

    /// <summary>The environment variable that names the server's process id.</summary>
    public const string ServerVariable = "AOTCHAT_SERVER";

    private const int Done = 0;
    private const int NotForPeople = 2;

    /// <summary>Runs until the input ends; returns the exit code.</summary>
    public static int Run()
    {
        string? server = Environment.GetEnvironmentVariable(ServerVariable);
        if (!int.TryParse(server, NumberStyles.None, CultureInfo.InvariantCulture, out int serverProcessId))
        {
            Console.Error.WriteLine($"aotchat: {Flag} is how the server starts its workers; it is of no use by hand. Try --help.");
            return NotForPeople;
        }

        if (!WorkerHost.TieTo(serverProcessId))
        {
            return Done;
        }

        using Stream input = WorkerHost.TakeInput();
        using Stream output = WorkerHost.TakeOutput();
        try
        {
            Serve(input, output);
        }
        catch (IOException)
        {
            // The server is gone: nobody is left to work for.
        }

        return Done;
    }

    /// <summary>Answers frames until the input ends.</summary>
    internal static void Serve(Stream input, Stream output)
    {
        ArrayBufferWriter<byte> frame = new();
        ArrayBufferWriter<byte> result = new();
        Span<byte> signature = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(signature, JobTable.Signature);
        Send(output, frame, FrameKind.Ready, 0, signature);

        FrameReader reader = new(input);
        while (reader.TryRead(out Frame request))
        {
            result.ResetWrittenCount();
            if (TryRun(request, result, out string reason))
            {
                Send(output, frame, FrameKind.Result, request.JobId, result.WrittenSpan);
            }
            else
            {
                Send(output, frame, FrameKind.Failure, request.JobId, Encoding.UTF8.GetBytes(reason));
            }
        }
    }

    private static bool TryRun(Frame request, ArrayBufferWriter<byte> result, out string reason)
    {
        try
        {
            ushort job = BinaryPrimitives.ReadUInt16LittleEndian(request.Payload.Span);
            JobTable.RunAsync(job, request.Payload[sizeof(ushort)..], result, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            reason = "the result is too long";
            return result.WrittenCount <= FrameCodec.MaxPayloadBytes;
        }
        catch (JobException exception)
        {
            reason = exception.Message;
            return false;
        }
        catch (Exception exception)
        {
            // A bug: the stack is for the log, the message for the user.
            Console.Error.WriteLine(exception);
            reason = exception.Message;
            return false;
        }
    }

    private static void Send(Stream output, ArrayBufferWriter<byte> frame, FrameKind kind, uint jobId, ReadOnlySpan<byte> payload)
    {
        frame.ResetWrittenCount();
        FrameCodec.Write(frame, kind, jobId, payload);
        output.Write(frame.WrittenSpan);
        output.Flush();
    }
}
