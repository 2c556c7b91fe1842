using System.Text;
using AotChat.Chat;
using AotChat.Jobs;
using AotChat.Workers;

namespace AotChat.Commands;

/// <summary>Work that takes time: it runs in a worker process, and the chat goes on meanwhile.</summary>
internal static class JobCommands
{
    /// <summary>Computes the N-th Fibonacci number and delivers it to USER.</summary>
    [Command("fib", Invalid = "Invalid fib parameters.")]
    internal static async ValueTask Fib(
        CommandContext context,
        User recipient,
        [Between(1, FibonacciJob.MaxN, Invalid = "Cannot compute fib: {limit}")] int n,
        CancellationToken cancellationToken)
    {
        try
        {
            string number = await context.Jobs.FibonacciAsync(n, cancellationToken);
            if (context.TryTell(recipient, $"fib({n}) = {number}"))
            {
                context.Reply($"Fib result is delivered to {recipient}");
            }
            else
            {
                context.Reply($"Cannot deliver fib result to {recipient}");
            }
        }
        catch (JobFailedException failure)
        {
            context.Reply($"Cannot compute fib: {failure.Message}");
        }
    }

    /// <summary>Fetches URL and delivers the size of its body in bytes to USER.</summary>
    [Command("url", Invalid = "Invalid url parameters.")]
    internal static async ValueTask Url(CommandContext context, User recipient, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            long size = await context.Jobs.ResourceSizeAsync(url, cancellationToken);
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
        catch (JobFailedException failure)
        {
            context.Reply($"Cannot get the url size: {failure.Message}");
        }
    }
}
