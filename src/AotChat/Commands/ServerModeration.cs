using AotChat.Chat;

namespace AotChat.Commands;

/// <summary>Kicks, bans and mutes that hold for the whole server.</summary>
internal static class ServerModeration
{
    /// <summary>Ends somebody's connections.</summary>
    public static ValueTask KickAsync(CommandContext context, User user, string reason) => Refuse(context);

    /// <summary>Bans or mutes somebody on the whole server.</summary>
    public static ValueTask BanAsync(CommandContext context, BanRequest request) => Refuse(context);

    /// <summary>Takes bans or mutes of the whole server away.</summary>
    /// <param name="context">The context of the caller.</param>
    /// <param name="kind">Bans or mutes.</param>
    /// <param name="target">The number of one, or the name or address that they hold for.</param>
    public static ValueTask UnbanAsync(CommandContext context, BanKind kind, string target) => Refuse(context);

    /// <summary>Lists the bans and mutes of the whole server.</summary>
    public static void List(CommandContext context) => context.NotAllowed(UserLevel.Operator);

    private static ValueTask Refuse(CommandContext context)
    {
        context.NotAllowed(UserLevel.Operator);
        return default;
    }
}
