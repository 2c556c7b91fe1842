namespace AotChat.Chat;

/// <summary>Somebody who is here; as much of one as dispatch needs.</summary>
internal sealed class User(byte[] name)
{
    public byte[] Name { get; } = name;

    public UserLevel Level { get; set; }
}
