using System.Globalization;
using System.Text;
using AotChat.Configuration;
using AotChat.Jobs;
using AotChat.Workers;

namespace AotChat.Commands;

/// <summary>Work that takes time: it runs in a worker process, and the chat goes on meanwhile.</summary>
internal static class JobCommands
{
    private const string OutOfRange = "Cannot compute fib: {limit}";

    /// <summary>
    /// Sends USER the N-th Fibonacci number. N is at most 1000000. With slow it is computed by naive recursion, and N is at most 45.
    /// </summary>
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
        catch (JobFailedException) when (!context.IsThere(recipient))
        {
            context.Reply($"Cannot deliver fib result to {recipient}");
        }
        catch (JobFailedException failure)
        {
            context.Reply($"Cannot compute fib: {failure.Message}");
        }
    }

    /// <summary>Sends USER the size of a web page. URL must begin with http:// or https://. The size is that of the body, in bytes.</summary>
    [Command("url", Usage = "url USER URL", Category = CommandCategory.Jobs, Example = "url u1001 http://example.org/", Invalid = "Invalid url parameters.")]
    internal static async ValueTask Url(CommandContext context, User recipient, string url, CancellationToken cancellationToken)
    {
        if (!url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !url.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            context.Reply($"Cannot get the url size: the address must begin with http:// or https://");
            return;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address))
        {
            context.Reply($"Cannot get the url size: the address is not valid");
            return;
        }

        try
        {
            long size = await context.Jobs.For(recipient).ResourceSizeAsync(
                address, context.Options.UrlAllow.ToString(), PortList.Show(context.Options.UrlPorts), cancellationToken);
            // As it was typed, unless letters that only look like ASCII could make it read like something else.
            string shown = Ascii.IsValid(url) ? url : address.AbsoluteUri;
            if (context.TryTell(recipient, $"resource_size({shown}) = {size}"))
            {
                context.Reply($"URL size is delivered to {recipient}");
            }
            else
            {
                context.Reply($"Cannot deliver url size to {recipient}");
            }
        }
        catch (JobFailedException) when (!context.IsThere(recipient))
        {
            context.Reply($"Cannot deliver url size to {recipient}");
        }
        catch (JobFailedException failure)
        {
            context.Reply($"Cannot get the url size: {failure.Message}");
        }
    }
}
