namespace AotChat.Commands;

/// <summary>What <c>help</c> says of a command; the table of all of them is generated.</summary>
/// <param name="Name">What a user types.</param>
/// <param name="Usage">The name and its parameters: <c>fib USER N</c>.</param>
/// <param name="Summary">What it does, one sentence.</param>
internal sealed record CommandInfo(string Name, string Usage, string Summary);
