using System.Runtime.InteropServices;
using AotChat.Native;

namespace AotChat.Logging;

/// <summary>Standard error as a bare descriptor: nothing is opened for it, at no time.</summary>
internal sealed class ErrorStreamSink : ILogSink
{
    private const int StandardError = 2;

    // SIGXFSZ of signal(7) on Linux and the BSDs.
    private const int FileTooLarge = 25;

    private readonly Stream? _portable;

    public ErrorStreamSink()
    {
        if (OperatingSystem.IsWindows())
        {
            _portable = Console.OpenStandardError();
            return;
        }

        // A file at its limit (RLIMIT_FSIZE) is an error to who writes, and not the end of the process.
        _ = SignalCalls.SetAction(FileTooLarge, SignalCalls.Ignore);
    }

    /// <inheritdoc/>
    public int Write(ReadOnlySpan<byte> bytes, out string? fault)
    {
        fault = null;
        if (_portable is not null)
        {
            return WritePortable(bytes, out fault);
        }

        nint written = FileCalls.Write(StandardError, bytes, bytes.Length);
        if (written >= 0)
        {
            return (int)written;
        }

        int error = Marshal.GetLastPInvokeError();
        if (error == FileCalls.WouldBlock)
        {
            // Somebody has made the stream non-blocking, for this process too.
            FileCalls.Wait(StandardError, FileCalls.Writable, Timeout.Infinite);
        }
        else if (error != FileCalls.Interrupted)
        {
            fault = Marshal.GetPInvokeErrorMessage(error);
        }

        return 0;
    }

    private int WritePortable(ReadOnlySpan<byte> bytes, out string? fault)
    {
        try
        {
            _portable!.Write(bytes);
            fault = null;
            return bytes.Length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            fault = exception.Message;
            return 0;
        }
    }
}
