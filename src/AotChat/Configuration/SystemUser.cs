using System.Globalization;
using AotChat.Native;

namespace AotChat.Configuration;

/// <summary>A user of this machine.</summary>
/// <param name="Number">The user's number.</param>
/// <param name="Group">The user's main group.</param>
/// <param name="Name">The user's name; null for a number without one.</param>
internal sealed record SystemUser(uint Number, uint Group, string? Name)
{
    /// <summary>The number of root.</summary>
    public const uint Root = 0;

    // chown(2) and setuid(2) take it for "none".
    private const uint Nobody = uint.MaxValue;

    /// <summary>
    /// Finds a user by name or number; null where there is none. A number need not have a name, as in a container without
    /// /etc/passwd: it is then the number of the group too.
    /// </summary>
    public static SystemUser? Find(string text)
    {
        if (!OperatingSystem.IsLinux() || text.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        if (UserCalls.Find(text) is { } named)
        {
            return new SystemUser(named.User, named.Group, text);
        }

        if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) || number == Nobody)
        {
            return null;
        }

        return UserCalls.Find(number) is { } numbered
            ? new SystemUser(number, numbered.Group, numbered.Name)
            : new SystemUser(number, number, null);
    }

    /// <inheritdoc/>
    public override string ToString() => Name ?? Number.ToString(CultureInfo.InvariantCulture);
}
