using System.Runtime.InteropServices;
using System.Text;
using AotChat.Configuration;
using AotChat.Native;

namespace AotChat.Logging;

/// <summary>
/// Standard input, output and error, whatever state the process was started with: closed, read-only, full,
/// or with nobody at their other end. What can't be written is a value here, never an exception.
/// </summary>
internal static class StandardStreams
{
    private const int Input = 0;
    private const int Output = 1;
    private const int Error = 2;

    // As much as a pipe takes at once when poll(2) says that it takes something (PIPE_BUF, pipe(7)).
    private const int PartBytes = 4_096;

    private static string? _whyNoOutput;

    /// <summary>
    /// Puts <c>/dev/null</c> where a standard stream is missing or can't be written. To be called before anything else:
    /// the next file that is opened would become the missing stream, and log lines would go to a user's connection.
    /// </summary>
    public static void Prepare()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // A write to a reader that is gone is an error, not the end of the process.
        _ = SignalCalls.SetAction(SignalCalls.BrokenPipe, SignalCalls.Ignore);
        for (int descriptor = Input; descriptor <= Error; descriptor++)
        {
            int flags = FileCalls.Control(descriptor, FileCalls.GetFlags);
            bool isReadOnly = flags >= 0 && (flags & FileCalls.AccessMode) == FileCalls.ReadOnly;
            if (flags < 0 || (isReadOnly && descriptor != Input))
            {
                _whyNoOutput = descriptor != Output ? _whyNoOutput : flags < 0 ? "it is closed" : "it is open for reading only";
                OpenNothing(descriptor);
            }
        }
    }

    /// <summary>Writes to standard output; null where all of it was written, otherwise the reason why not.</summary>
    /// <param name="text">What to write.</param>
    /// <param name="mayWait">Whether to wait as long as a reader takes, as a pager does; otherwise a moment.</param>
    public static string? WriteOutput(string text, bool mayWait) =>
        _whyNoOutput ?? Write(Output, text, mayWait ? Timeout.InfiniteTimeSpan : ChatOptions.StreamPatience);

    /// <summary>Writes a line to standard error. Where that fails there is nowhere left to say so.</summary>
    public static void WriteErrorLine(string text) => _ = Write(Error, text + "\n", ChatOptions.StreamPatience);

    /// <summary>Writes to a descriptor; null where all of it was written, otherwise the reason why not.</summary>
    internal static string? Write(int descriptor, string text, TimeSpan patience)
    {
        ReadOnlySpan<byte> left = Encoding.UTF8.GetBytes(text);
        if (OperatingSystem.IsWindows())
        {
            return WriteStream(descriptor, left);
        }

        while (left.Length > 0)
        {
            if (!FileCalls.Wait(descriptor, FileCalls.Writable, (int)patience.TotalMilliseconds))
            {
                return "its reader takes nothing";
            }

            ReadOnlySpan<byte> part = left[..Math.Min(left.Length, PartBytes)];
            nint written = FileCalls.Write(descriptor, part, part.Length);
            if (written >= 0)
            {
                left = left[(int)written..];
            }
            else if (Marshal.GetLastPInvokeError() is int error and not (FileCalls.Interrupted or FileCalls.WouldBlock))
            {
                return Marshal.GetPInvokeErrorMessage(error);
            }
        }

        return null;
    }

    // Lower descriptors are open by now, so that a closed one is the next to be given out.
    private static void OpenNothing(int descriptor)
    {
        int nothing = FileCalls.Open("/dev/null", FileCalls.ReadWrite);
        if (nothing < 0)
        {
            // Without /dev, a directory takes the place: writing to it fails and does no harm.
            nothing = FileCalls.Open("/", FileCalls.ReadOnly);
        }

        if (nothing >= 0 && nothing != descriptor)
        {
            _ = FileCalls.DuplicateTo(nothing, descriptor);
            _ = FileCalls.Close(nothing);
        }
    }

    private static string? WriteStream(int descriptor, ReadOnlySpan<byte> bytes)
    {
        try
        {
            using Stream stream = descriptor == Output ? Console.OpenStandardOutput() : Console.OpenStandardError();
            stream.Write(bytes);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
