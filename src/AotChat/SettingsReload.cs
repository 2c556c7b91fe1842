using AotChat.Configuration;
using AotChat.Loop;
using Microsoft.Extensions.Logging;

namespace AotChat;

/// <summary>
/// Reads the settings again on SIGHUP, takes on what can change while the server runs, and says what became of each that
/// differs from what is in effect.
/// </summary>
/// <remarks>
/// A thread of its own reads, so that a slow disk holds up nobody, and so that none has to be started at a time when the
/// system may give none; what was read is applied on the loop.
/// </remarks>
/// <param name="loop">Where it is applied.</param>
/// <param name="inEffect">The settings that the server runs with. Changed in place, on the loop, so that all see it.</param>
/// <param name="read">Reads the settings anew.</param>
/// <param name="apply">Passes the settings now in effect to the parts that keep some of them.</param>
/// <param name="logger">Hears what became of them.</param>
internal sealed class SettingsReload(EventLoop loop, ChatOptions inEffect, Func<StartRequest> read, Action apply, ILogger logger)
{
    // It only reads small files; the default of 8 MiB would be address space for nothing.
    private const int StackBytes = 256 * 1024;

    // Guards what is below, and wakes the thread.
    private readonly object _gate = new();
    private bool _isAsked;

    /// <summary>Starts the thread that reads.</summary>
    /// <exception cref="OutOfMemoryException">The system gives no more threads.</exception>
    public void Start() => new Thread(ReadWhenAsked, StackBytes) { IsBackground = true, Name = "settings" }.Start();

    /// <summary>Has the settings read. Asking again before the reading has begun is asking once. Any thread.</summary>
    public void Ask()
    {
        lock (_gate)
        {
            _isAsked = true;
            Monitor.Pulse(_gate);
        }
    }

    private void ReadWhenAsked()
    {
        while (true)
        {
            lock (_gate)
            {
                while (!_isAsked)
                {
                    Monitor.Wait(_gate);
                }

                _isAsked = false;
            }

            try
            {
                StartRequest request = ReadSafely();
                loop.Post(_ => Apply(request), null);
            }
            catch (Exception)
            {
                // There is no memory to pass it on; the settings that hold go on holding.
                StartLog.ReloadLost(logger);
            }
        }
    }

    /// <summary>Reads, and applies what was read; for tests, which have no other thread.</summary>
    internal void ReadAndApply() => Apply(ReadSafely());

    private StartRequest ReadSafely()
    {
        try
        {
            return read();
        }
        catch (Exception exception)
        {
            // Whatever is wrong with reading, the chat goes on with the settings that it has.
            return new StartRequest.Refuse(["they cannot be read: " + exception.Message]);
        }
    }

    private void Apply(StartRequest request)
    {
        if (request is not StartRequest.Serve serve)
        {
            foreach (string problem in request is StartRequest.Refuse refuse ? refuse.Problems : [])
            {
                StartLog.NotReloaded(logger, problem);
            }

            return;
        }

        List<Difference> differences = [];
        foreach (Option option in OptionCatalog.All)
        {
            Difference difference = new(option, option.Show(inEffect), option.Show(serve.Options));
            if (difference.Before != difference.After)
            {
                differences.Add(difference);
            }
        }

        bool isMessageNew = !inEffect.MessageOfTheDay.SequenceEqual(serve.Options.MessageOfTheDay);
        foreach (Difference difference in differences.Where(difference => difference.IsAtRunTime))
        {
            difference.Option.Copy(serve.Options, inEffect);
        }

        inEffect.MessageOfTheDay = serve.Options.MessageOfTheDay;

        // Applied before it is told, so that a log that is to say more from now on says this too.
        apply();
        Tell(differences, isMessageNew);
    }

    private void Tell(List<Difference> differences, bool isMessageNew)
    {
        foreach (Difference difference in differences)
        {
            if (difference.IsAtRunTime)
            {
                StartLog.Changed(logger, difference.Option.Name, difference.Before, difference.After);
            }
            else
            {
                StartLog.NeedsRestart(logger, difference.Option.Name, difference.After, difference.Before);
            }
        }

        if (isMessageNew)
        {
            StartLog.MessageOfTheDayChanged(logger);
        }
        else if (differences.Count == 0)
        {
            StartLog.NothingChanged(logger);
        }
    }

    /// <summary>An option that is no longer what it was.</summary>
    private sealed record Difference(Option Option, string Before, string After)
    {
        public bool IsAtRunTime => OptionEffects.AtRunTime.Contains(Option.Name);
    }
}
