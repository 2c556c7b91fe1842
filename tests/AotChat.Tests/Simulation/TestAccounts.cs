using AotChat.Chat;

namespace AotChat.Tests.Simulation;

/// <summary>Makes accounts that nobody has registered.</summary>
internal static class TestAccounts
{
    private static long _last;

    public static Account New(string name) =>
        new(new StoredAccount(Interlocked.Increment(ref _last), name, new ScramKeys([], 1, [], []), 0, 0, StoredPreferences.Usual));
}
