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
    private const string OutOfRange = "Cannot compute fib: {limit}";

    /// <summary>Computes the N-th Fibonacci number and delivers it to USER; slow takes the long way, N up to 45.</summary>
    [Command("fib", Usage = "fib USER N [slow]", Invalid = "Invalid fib parameters.", Category = CommandCategory.Jobs, Example = "fib u1001 50")]
    internal static async ValueTask Fib(
        CommandContext context,
        User recipient,
        [Between(1, FibonacciJob.MaxN, Invalid = OutOfRange)] int n,
        FibonacciPace pace = FibonacciPace.Fast)
    {
        if (pace == FibonacciPace.Slow && n > FibonacciJob.MaxSlowN)
        {
            context.Reply($"Cannot compute fib: N must be from 1 to {FibonacciJob.MaxSlowN}");
            return;
        }

        try
        {
            UserJobs jobs = context.Jobs.For(recipient);
            string number = pace == FibonacciPace.Slow
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
    [Command("url", Category = CommandCategory.Jobs, Example = "url u1001 http://example.org/", Invalid = "Invalid url parameters.")]
    internal static async ValueTask Url(CommandContext context, User recipient, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            long size = await context.Jobs.For(recipient).ResourceSizeAsync(
                url, context.Options.UrlAllow.ToString(), PortList.Show(context.Options.UrlPorts), cancellationToken);
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
