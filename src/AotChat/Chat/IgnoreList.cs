namespace AotChat.Chat;

/// <summary>The users whom one user ignores; changed by <see cref="IgnoreBook"/> alone.</summary>
internal sealed class IgnoreList
{
    /// <summary>Ignored users who are here, with the name that each had chosen when it was ignored; null where the server had given it.</summary>
    public Dictionary<User, byte[]?> People { get; } = [];

    /// <summary>Ignored users who have left, in order of leaving.</summary>
    public List<IgnoredTrace> Traces { get; } = [];

    /// <summary>The numbers of ignored accounts. They stay when their owners leave.</summary>
    public HashSet<long> Accounts { get; } = [];

    /// <summary>How many are ignored, here or not.</summary>
    public int Count => People.Count + Traces.Count + Accounts.Count - People.Keys.Count(user => user.Account is { } account && Accounts.Contains(account.Id));
}
