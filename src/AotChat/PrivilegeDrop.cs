using System.Runtime.InteropServices;
using AotChat.Configuration;
using AotChat.Native;

namespace AotChat;

/// <summary>
/// Makes a server that was started as root the user of the option <c>user</c>, once it listens and before it lets anybody
/// in or starts a worker. There is no way back.
/// </summary>
internal static class PrivilegeDrop
{
    /// <summary>Whether this process may do everything on this machine.</summary>
    public static bool IsRoot => OperatingSystem.IsLinux() && UserCalls.EffectiveUser() == SystemUser.Root;

    /// <summary>Becomes the user that the options name; returns what went wrong, or null.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="files">What was made before, and is that user's from now on; beside the listening sockets.</param>
    public static string? Apply(ChatOptions options, IEnumerable<string> files)
    {
        if (options.User.Length == 0 || !OperatingSystem.IsLinux())
        {
            return null;
        }

        if (SystemUser.Find(options.User) is not { } user)
        {
            return $"user: this machine has no user '{SafeText.Of(options.User)}'";
        }

        if (UserCalls.EffectiveUser() == user.Number && UserCalls.RealUser() == user.Number)
        {
            return null;
        }

        if (!IsRoot)
        {
            return $"user: only root can become {user}; start the server as root, or as {user} without this option";
        }

        foreach (string path in options.Hosts.Select(host => host.UnixPath).OfType<string>().Concat(files))
        {
            if (UserCalls.ChangeOwner(path, user.Number, user.Group) < 0)
            {
                return $"user: {path} cannot be given to {user}: {LastError()}";
            }
        }

        return Become(user);
    }

    // Groups first: without root they can't be changed any more.
    private static unsafe string? Become(SystemUser user)
    {
        int groups = user.Name is { } name ? UserCalls.SetGroupsOf(name, user.Group) : UserCalls.SetGroups(0, null);
        if (groups < 0 || UserCalls.SetGroup(user.Group) < 0 || UserCalls.SetUser(user.Number) < 0)
        {
            return $"user: this process cannot become {user}: {LastError()}";
        }

        bool hasBecome = UserCalls.RealUser() == user.Number && UserCalls.EffectiveUser() == user.Number
            && UserCalls.RealGroup() == user.Group && UserCalls.EffectiveGroup() == user.Group;
        bool canReturn = user.Number != SystemUser.Root && UserCalls.SetUser(SystemUser.Root) == 0;
        return hasBecome && !canReturn ? null : $"user: this process has not become {user} for good";
    }

    private static string LastError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
}
