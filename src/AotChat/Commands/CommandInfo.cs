using System.Collections.Immutable;
using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>What <c>help</c> says of a command; the table of all of them is generated.</summary>
/// <param name="Name">What a user types.</param>
/// <param name="Aliases">What a user may type instead.</param>
/// <param name="Usage">The name and its parameters: <c>fib USER N</c>.</param>
/// <param name="Summary">What it does, one sentence.</param>
/// <param name="Category">The heading that it stands under.</param>
/// <param name="Level">Who may call it.</param>
internal sealed record CommandInfo(
    string Name, ImmutableArray<string> Aliases, string Usage, string Summary, string Category, UserLevel Level);
