namespace AotChat.Commands;

/// <summary>Whether something is to be there.</summary>
internal enum Switch
{
    /// <summary>It is.</summary>
    On,

    /// <summary>It is not.</summary>
    Off,
}
