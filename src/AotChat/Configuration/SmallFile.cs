using System.Runtime.InteropServices;
using AotChat.Native;

namespace AotChat.Configuration;

/// <summary>
/// Reads a file that should be small, whatever its path leads to: a device without end is cut off, and a pipe that nobody
/// writes to is given up.
/// </summary>
internal static class SmallFile
{
    /// <summary>Reads all of a file; where that fails, says why.</summary>
    /// <param name="path">The file, or a pipe.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <param name="bytes">What it holds.</param>
    /// <param name="problem">Why it can't be read.</param>
    /// <param name="patience">How long to wait for a pipe; null for <see cref="ChatOptions.FilePatience"/>.</param>
    public static bool TryRead(string path, int limit, out ReadOnlyMemory<byte> bytes, out string problem, TimeSpan? patience = null)
    {
        byte[] buffer = new byte[limit + 1];
        problem = "";
        int count = OperatingSystem.IsLinux()
            ? Read(path, buffer, patience ?? ChatOptions.FilePatience, ref problem)
            : ReadPortably(path, buffer, ref problem);
        if (count > limit)
        {
            problem = $"{SafeText.Of(path)} is too long (limit {limit} bytes)";
        }

        bytes = problem.Length == 0 ? buffer.AsMemory(0, count) : default;
        return problem.Length == 0;
    }

    private static int Read(string path, byte[] buffer, TimeSpan patience, ref string problem)
    {
        // Behind a zero byte, the kernel would read nothing of the path.
        int descriptor = path.Contains('\0', StringComparison.Ordinal) ? -1 : FileCalls.Open(path, FileCalls.NonBlockingCloseOnExec);
        if (descriptor < 0)
        {
            problem = CannotRead(path, path.Contains('\0', StringComparison.Ordinal) ? "it has a zero byte in its name" : LastError());
            return 0;
        }

        try
        {
            int count = 0;
            long begun = TimeProvider.System.GetTimestamp();
            while (count < buffer.Length)
            {
                TimeSpan left = patience - TimeProvider.System.GetElapsedTime(begun);
                if (left <= TimeSpan.Zero || !FileCalls.Wait(descriptor, FileCalls.Readable, (int)Math.Ceiling(left.TotalMilliseconds)))
                {
                    problem = CannotRead(path, "it is a pipe, or a device, that has not ended in time");
                    return count;
                }

                nint read = FileCalls.Read(descriptor, buffer.AsSpan(count), buffer.Length - count);
                if (read == 0)
                {
                    break;
                }

                if (read > 0)
                {
                    count += (int)read;
                }
                else if (Marshal.GetLastPInvokeError() is not (FileCalls.Interrupted or FileCalls.WouldBlock))
                {
                    problem = CannotRead(path, LastError());
                    return count;
                }
            }

            return count;
        }
        finally
        {
            _ = FileCalls.Close(descriptor);
        }
    }

    private static int ReadPortably(string path, byte[] buffer, ref string problem)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = CannotRead(path, exception.Message);
            return 0;
        }
    }

    private static string LastError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    private static string CannotRead(string path, string reason) => $"{SafeText.Of(path)} cannot be read: {reason}";
}
