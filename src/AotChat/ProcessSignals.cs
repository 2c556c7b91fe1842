using System.Runtime.InteropServices;
using AotChat.Configuration;
using AotChat.Loop;
using AotChat.Native;

namespace AotChat;

/// <summary>
/// What the server is told by signals: SIGTERM and SIGINT stop it, SIGHUP has it read its settings anew, or stops it where
/// the terminal that it was started from is gone. Signals arrive on a thread of the runtime's and are handed to the event
/// loop without taking anything that may be used up.
/// </summary>
internal sealed class ProcessSignals
{
    private static ProcessSignals? s_registered;
    private static bool s_hasDeadline;

    // Held, since they end when they are collected. Windows has no signals but Ctrl-C.
    private static readonly List<PosixSignalRegistration> s_portable = [];

    private readonly EventLoop _loop;
    private readonly ControllingTerminal _terminal = new();
    private readonly Lock _lock = new();

    // Guarded by the lock: the signal thread sets them, the loop takes them.
    private string? _stop;
    private bool _reload;
    private long? _stoppedAt;

    private ProcessSignals(EventLoop loop) => _loop = loop;

    /// <summary>Called on the loop, once: the server is to stop, for this reason.</summary>
    public required Action<string> Stop { get; init; }

    /// <summary>Called on the loop: the settings are to be read anew.</summary>
    public required Action Reload { get; init; }

    /// <summary>Called on the signal's thread when the time that <see cref="SetDeadline"/> was given is up.</summary>
    public required Action DeadlinePassed { get; init; }

    /// <summary>Begins to take signals. To be called once in a process.</summary>
    /// <exception cref="IOException">The system gives no thread for them.</exception>
    public static ProcessSignals Register(EventLoop loop, Action<string> stop, Action reload, Action deadlinePassed)
    {
        ProcessSignals signals = new(loop) { Stop = stop, Reload = reload, DeadlinePassed = deadlinePassed };
        loop.Interrupted = signals.Deliver;
        s_registered = signals;
        RegisterHandler();
        return signals;
    }

    /// <summary>Has <see cref="DeadlinePassed"/> called after a delay, whatever the loop does.</summary>
    public static void SetDeadline(TimeSpan delay)
    {
        if (!OperatingSystem.IsWindows())
        {
            Volatile.Write(ref s_hasDeadline, true);
            _ = SignalCalls.SetAlarm((uint)Math.Ceiling(delay.TotalSeconds));
        }
    }

    private static unsafe void RegisterHandler()
    {
        if (OperatingSystem.IsWindows())
        {
            s_portable.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, static context =>
            {
                context.Cancel = true;
                s_registered!.Take(SignalCalls.Interrupt);
            }));
            return;
        }

        if (SignalCalls.Initialize() == 0)
        {
            throw LastError();
        }

        // One that the program which started this one had asked for outlives execve(2).
        _ = SignalCalls.SetAlarm(0);
        SignalCalls.SetHandler(&OnSignal);
        foreach (int signal in (ReadOnlySpan<int>)[SignalCalls.Terminate, SignalCalls.Interrupt, SignalCalls.HangUp, SignalCalls.Alarm])
        {
            if (SignalCalls.Enable(signal) == 0)
            {
                throw LastError();
            }
        }
    }

    private static IOException LastError()
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException(Marshal.GetPInvokeErrorMessage(error), error);
    }

    [UnmanagedCallersOnly]
    private static int OnSignal(int signal, int name)
    {
        try
        {
            s_registered!.Take(signal);
        }
        catch (Exception)
        {
            // An exception that left this method would abort the process; what was noted before it is delivered.
            s_registered!._loop.Interrupt();
        }

        return 1;
    }

    private void Take(int signal)
    {
        if (signal == SignalCalls.Alarm)
        {
            // One that somebody else sends is nobody's deadline.
            if (Volatile.Read(ref s_hasDeadline))
            {
                DeadlinePassed();
            }

            return;
        }

        bool isHangUp = signal == SignalCalls.HangUp;
        bool isStop = !isHangUp || _terminal.IsGone;
        lock (_lock)
        {
            if (!isStop)
            {
                _reload = true;
            }
            else if (_stoppedAt is not { } stoppedAt)
            {
                _stoppedAt = _loop.Time.GetTimestamp();
                _stop = signal switch
                {
                    SignalCalls.HangUp => "SIGHUP, the terminal was closed",
                    SignalCalls.Interrupt => "SIGINT",
                    _ => "SIGTERM",
                };
            }
            else if (!isHangUp && _loop.Time.GetElapsedTime(stoppedAt) >= ChatOptions.SameSignal)
            {
                // The workers end with this process.
                End(128 + signal);
            }
        }

        _loop.Interrupt();
    }

    private static void End(int code)
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.Exit(code);
        }

        SignalCalls.Exit(code);
    }

    private void Deliver()
    {
        string? stop;
        bool reload;
        lock (_lock)
        {
            (stop, reload) = (_stop, _reload);
            (_stop, _reload) = (null, false);
        }

        if (stop is not null)
        {
            Stop(stop);
        }
        else if (reload)
        {
            Reload();
        }
    }
}
