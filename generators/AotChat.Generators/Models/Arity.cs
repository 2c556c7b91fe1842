namespace AotChat.Generators.Models;

/// <summary>How much of the line a parameter takes.</summary>
internal enum Arity
{
    /// <summary>One word.</summary>
    Word,

    /// <summary>The rest of the line, spaces and all.</summary>
    Rest,

    /// <summary>All words that are left, each by itself.</summary>
    List,
}
