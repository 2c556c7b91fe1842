using System.Globalization;
using System.Text;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Jobs;
using AotChat.Workers;

namespace AotChat.Commands;

/// <summary>Work that takes time: it runs in a worker process, and the chat goes on meanwhile.</summary>
internal static class JobCommands
{
    /// <summary>Computes the N-th Fibonacci number and delivers it to USER; slow takes the long way, N up to 45.</summary>
    [Command("fib", Usage = "fib USER N [slow]", Invalid = "Invalid fib parameters.")]
    internal static async ValueTask Fib(CommandContext context, User recipient, int n, FibonacciPace? pace)
    {
        bool isSlow = pace == FibonacciPace.Slow;
        int max = isSlow ? FibonacciJob.MaxSlowN : FibonacciJob.MaxN;
        if (n < 1 || n > max)
        {
            context.Reply($"Cannot compute fib: N must be from 1 to {max}");
            return;
        }

        try
        {
            UserJobs jobs = context.Jobs.For(recipient);
            string number = isSlow
                ? (await jobs.FibonacciSlowlyAsync(n)).ToString(CultureInfo.InvariantCulture)
                : await jobs.FibonacciAsync(n);
            if (context.TryTell(recipient, $"fib({n}) = {number}"))
            {
                context.Reply($"Fib result is delivered to {recipient}");
            }
            else
            {
                context.Reply($"Cannot deliver fib result to {recipient}");
            }
        }
        catch (JobFailedException) when (!recipient.IsOnline)
        {
            context.Reply($"Cannot deliver fib result to {recipient}");
        }
        catch (JobFailedException failure)
        {
            context.Reply($"Cannot compute fib: {failure.Message}");
        }
    }

    /// <summary>Fetches URL and delivers the size of its body in bytes to USER.</summary>
    [Command("url", Invalid = "Invalid url parameters.")]
    internal static async ValueTask Url(CommandContext context, User recipient, Uri url)
    {
        try
        {
            long size = await context.Jobs.For(recipient).ResourceSizeAsync(
                url, context.Options.UrlAllow.ToString(), PortList.Show(context.Options.UrlPorts));
            // As it was typed, unless letters that only look like ASCII could make it read like something else.
            string shown = Ascii.IsValid(url.OriginalString) ? url.OriginalString : url.AbsoluteUri;
            if (context.TryTell(recipient, $"resource_size({shown}) = {size}"))
            {
                context.Reply($"URL size is delivered to {recipient}");
            }
            else
            {
                context.Reply($"Cannot deliver url size to {recipient}");
            }
        }
        catch (JobFailedException) when (!recipient.IsOnline)
        {
            context.Reply($"Cannot deliver url size to {recipient}");
        }
        catch (JobFailedException failure)
        {
            context.Reply($"Cannot get the url size: {failure.Message}");
        }
    }
}
