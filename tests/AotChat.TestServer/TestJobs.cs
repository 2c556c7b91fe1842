using System.Runtime.InteropServices;

namespace AotChat.Jobs;

/// <summary>Jobs that take their time, break, or break their worker.</summary>
internal static partial class TestJobs
{
    /// <summary>Waits, and stops waiting when it is told to.</summary>
    [Job]
    internal static async Task<string> Sleep(int milliseconds, CancellationToken cancellationToken)
    {
        await Task.Delay(milliseconds, cancellationToken);
        return "slept";
    }

    /// <summary>The same in the other lane.</summary>
    [Job(Lane = JobLane.Io)]
    internal static Task<string> SleepIo(int milliseconds, CancellationToken cancellationToken) => Sleep(milliseconds, cancellationToken);

    /// <summary>Keeps a processor busy and hears nothing.</summary>
    [Job]
    internal static string Burn(int milliseconds)
    {
        for (long end = Environment.TickCount64 + milliseconds; Environment.TickCount64 < end;)
        {
        }

        return "burnt";
    }

    /// <summary>Ends its process.</summary>
    [Job]
    internal static string Exit(int code)
    {
        Environment.Exit(code);
        return "";
    }

    /// <summary>Ends its process; may not be run again.</summary>
    [Job(IsIdempotent = false)]
    internal static string ExitOnce(int code) => Exit(code);

    /// <summary>Ends its process the first time, and leaves a file so that it knows the second time.</summary>
    [Job]
    internal static string ExitFirst(string marker)
    {
        if (!File.Exists(marker))
        {
            File.WriteAllText(marker, "");
            Environment.Exit(1);
        }

        return "second time";
    }

    /// <summary>Writes where there is no memory.</summary>
    [Job]
    internal static unsafe string Segfault()
    {
        *(byte*)0x5555_0000_1000 = 1;
        return "";
    }

    /// <summary>Takes memory and uses it.</summary>
    [Job]
    internal static string Allocate(int mebibytes)
    {
        List<byte[]> all = [];
        for (int i = 0; i < mebibytes; i++)
        {
            byte[] bytes = new byte[1024 * 1024];
            Array.Fill(bytes, (byte)1);
            all.Add(bytes);
        }

        return $"{all.Count} MiB";
    }

    /// <summary>The same with a limit of its own.</summary>
    [Job(MemoryLimitMiB = 16)]
    internal static string AllocateLittle(int mebibytes) => Allocate(mebibytes);

    /// <summary>Has a second, whatever the server allows.</summary>
    [Job(TimeLimitSeconds = 1)]
    internal static Task<string> SleepShort(int milliseconds, CancellationToken cancellationToken) => Sleep(milliseconds, cancellationToken);

    /// <summary>Writes what is no frame where frames go.</summary>
    [Job]
    internal static string Garbage()
    {
        WriteToServer("This is no frame at all, and never will be one."u8);
        return "";
    }

    /// <summary>Begins a frame and ends its process.</summary>
    [Job]
    internal static string HalfFrame()
    {
        WriteToServer([100, 0, 0, 0, 3, 1, 0]);
        Environment.Exit(0);
        return "";
    }

    /// <summary>Prints to both streams that people read.</summary>
    [Job]
    internal static string Print(string text)
    {
        Console.Out.WriteLine("out " + text);
        Console.Error.WriteLine("error " + text);
        return "printed";
    }

    /// <summary>Prints so many lines.</summary>
    [Job]
    internal static string Chatter(int lines)
    {
        for (int i = 0; i < lines; i++)
        {
            Console.Error.WriteLine($"line {i} {new string('x', 2_000)}");
        }

        return "printed";
    }

    /// <summary>A result of so many bytes.</summary>
    [Job]
    internal static string Huge(int bytes) => new('x', bytes);

    /// <summary>Tries the network in every way there is, and says what of it works.</summary>
    [Job]
    internal static Task<string> Network(int port) => NetworkAttempts.AllAsync(port);

    /// <summary>The same in the other lane.</summary>
    [Job(Lane = JobLane.Io)]
    internal static Task<string> NetworkIo(int port) => NetworkAttempts.AllAsync(port);

    /// <summary>Tries to look into the server and into another worker, and says what of it works.</summary>
    [Job]
    internal static string Inspect() => InspectionAttempts.All();

    /// <summary>The same in the other lane.</summary>
    [Job(Lane = JobLane.Io)]
    internal static string InspectIo() => InspectionAttempts.All();

    /// <summary>Fails with a stack.</summary>
    [Job]
    internal static string Throw(string message) => throw new InvalidOperationException(message);

    // The only pipe above the standard streams that can be written to.
    private static void WriteToServer(ReadOnlySpan<byte> bytes)
    {
        foreach (string entry in Directory.GetFiles("/proc/self/fd"))
        {
            try
            {
                if (IsPipeToWrite(entry))
                {
                    // Not opened anew: to open a pipe waits for a reader, and one that the tests' starter left has none.
                    _ = Write(int.Parse(Path.GetFileName(entry), null), bytes, bytes.Length);
                }
            }
            catch (FileNotFoundException)
            {
                // The runtime's other threads open and close files of their own, also since these were listed.
            }
        }
    }

    private static bool IsPipeToWrite(string entry)
    {
        string number = Path.GetFileName(entry);
        if (int.Parse(number, null) <= 2 || File.ResolveLinkTarget(entry, false)?.Name.StartsWith("pipe:", StringComparison.Ordinal) != true)
        {
            return false;
        }

        string flags = File.ReadLines($"/proc/self/fdinfo/{number}").First(line => line.StartsWith("flags:", StringComparison.Ordinal));
        return (Convert.ToInt32(flags[6..].Trim(), 8) & 1) == 1;
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nint count);
}
