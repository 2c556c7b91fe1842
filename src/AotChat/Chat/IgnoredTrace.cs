using System.Text;

namespace AotChat.Chat;

/// <summary>What one user keeps of an ignored user who has left: enough to recognise the latter.</summary>
/// <param name="owner">The user who ignores.</param>
/// <param name="whenIgnored">The chosen name that the ignored user had at first; null where the server gave it.</param>
/// <param name="whenLeft">The chosen name that the ignored user had last; null where the server gave it.</param>
/// <param name="block">Where the ignored user connected from; see <see cref="IUserSession.OriginBlock"/>.</param>
internal sealed class IgnoredTrace(User owner, byte[]? whenIgnored, byte[]? whenLeft, UInt128 block)
{
    public User Owner => owner;

    public byte[]? WhenIgnored => whenIgnored;

    public byte[]? WhenLeft => whenLeft;

    public UInt128 Block => block;

    /// <summary>The last name that is known.</summary>
    public ReadOnlySpan<byte> Name => whenLeft ?? whenIgnored;

    /// <summary>Whether the ignored user had this name, in upper or lower case.</summary>
    public bool IsCalled(ReadOnlySpan<byte> name) => Is(whenLeft, name) || Is(whenIgnored, name);

    private static bool Is(byte[]? one, ReadOnlySpan<byte> other) => one is not null && Ascii.EqualsIgnoreCase(one, other);
}
