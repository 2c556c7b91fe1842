namespace AotChat.Load;

/// <summary>One thing to measure.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Title">What it is.</param>
/// <param name="ServerArguments">The options that the server needs for it.</param>
/// <param name="Floor">What to hold it against in the same run.</param>
/// <param name="Run">Measures once, with servers that the first argument starts, for so many seconds.</param>
internal sealed record Scenario(
    string Name, string Title, string[] ServerArguments, FloorKind Floor, Func<Func<Target>, double, Figures> Run);
