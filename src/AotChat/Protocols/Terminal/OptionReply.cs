namespace AotChat.Protocols.Terminal;

/// <summary>What is to be sent about an option: WILL or WONT about the server's, DO or DONT about the client's.</summary>
internal enum OptionReply : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>WILL or DO.</summary>
    On,

    /// <summary>WONT or DONT.</summary>
    Off,
}
