using System.Text;

namespace AotChat.Chat;

/// <summary>What one user keeps of another who was ignored and has left: enough to know that one again.</summary>
/// <param name="owner">Who ignores.</param>
/// <param name="whenIgnored">The chosen name that the ignored one had at first; null where it was one that the server gave.</param>
/// <param name="whenLeft">The chosen name that the ignored one had last; null where it was one that the server gave.</param>
/// <param name="block">Where the ignored one sat; see <see cref="IUserSession.OriginBlock"/>.</param>
internal sealed class IgnoredTrace(User owner, byte[]? whenIgnored, byte[]? whenLeft, UInt128 block)
{
    public User Owner => owner;

    public byte[]? WhenIgnored => whenIgnored;

    public byte[]? WhenLeft => whenLeft;

    public UInt128 Block => block;

    /// <summary>The last name that is known.</summary>
    public ReadOnlySpan<byte> Name => whenLeft ?? whenIgnored;

    /// <summary>Whether the ignored one had this name, in upper or lower case.</summary>
    public bool IsCalled(ReadOnlySpan<byte> name) => Is(whenLeft, name) || Is(whenIgnored, name);

    private static bool Is(byte[]? one, ReadOnlySpan<byte> other) => one is not null && Ascii.EqualsIgnoreCase(one, other);
}
