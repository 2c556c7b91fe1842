namespace AotChat.Chat;

/// <summary>A claim on a name whose holder is asked for a sign of life.</summary>
/// <param name="asker">The user who wants the name.</param>
/// <param name="holder">The user who has it.</param>
internal sealed class NameClaim(User asker, User holder)
{
    public User Asker => asker;

    public User Holder => holder;

    /// <summary>The name as the asker wrote it last.</summary>
    public required byte[] Name { get; set; }
}
