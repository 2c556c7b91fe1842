using AotChat.Configuration;
using AotChat.Net;
using Microsoft.Extensions.Logging;

namespace AotChat;

/// <summary>
/// Reads the settings again on SIGHUP, takes on what can change while the server runs, and says what became of each that
/// differs from what is in effect.
/// </summary>
/// <remarks>Asked by any thread, which reads; what was read is applied on the loop.</remarks>
/// <param name="loop">Where it is applied.</param>
/// <param name="inEffect">The settings that the server runs with. Changed in place, on the loop, so that all see it.</param>
/// <param name="read">Reads the settings anew.</param>
/// <param name="apply">Passes on what is in effect now to those who keep something of it.</param>
/// <param name="logger">Hears what became of them.</param>
internal sealed class SettingsReload(EventLoop loop, ChatOptions inEffect, Func<StartRequest> read, Action apply, ILogger logger)
{
    // How many have asked since the last read began.
    private int _asked;

    /// <summary>
    /// Reads on the calling thread, so that a slow disk holds up nobody else. One thread reads at a time, and once more
    /// for those who have asked meanwhile: the last file that is read is the last to be applied.
    /// </summary>
    public void Read()
    {
        if (Interlocked.Increment(ref _asked) > 1)
        {
            return;
        }

        int answered;
        do
        {
            answered = Volatile.Read(ref _asked);
            StartRequest request = ReadSafely();
            loop.Post(_ => Apply(request), null);
        }
        while (Interlocked.Add(ref _asked, -answered) > 0);
    }

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

        int differences = OptionCatalog.All.Count(option => Follow(option, serve.Options));
        if (!inEffect.MessageOfTheDay.SequenceEqual(serve.Options.MessageOfTheDay))
        {
            inEffect.MessageOfTheDay = serve.Options.MessageOfTheDay;
            StartLog.MessageOfTheDayChanged(logger);
            differences++;
        }

        if (differences == 0)
        {
            StartLog.NothingChanged(logger);
        }

        apply();
    }

    // Whether it differs from what is in effect.
    private bool Follow(Option option, ChatOptions options)
    {
        string before = option.Show(inEffect);
        string after = option.Show(options);
        if (before == after)
        {
            return false;
        }

        if (OptionCatalog.AtRunTime.Contains(option))
        {
            option.Copy(options, inEffect);
            StartLog.Changed(logger, option.Name, before, after);
        }
        else
        {
            StartLog.NeedsRestart(logger, option.Name, after, before);
        }

        return true;
    }
}
