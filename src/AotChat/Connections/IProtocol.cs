namespace AotChat.Connections;

/// <summary>What a protocol makes of the first bytes of a connection.</summary>
internal enum ProtocolMatch
{
    /// <summary>They are another protocol's.</summary>
    NotMine,

    /// <summary>They are this protocol's.</summary>
    Mine,

    /// <summary>More of them are needed to tell.</summary>
    Wait,
}

/// <summary>Something that a connection can speak. A new one is a type of its own and an entry in <see cref="ProtocolList"/>.</summary>
internal interface IProtocol
{
    /// <summary>What it is called in the log.</summary>
    string Name { get; }

    /// <summary>Looks at the first bytes of a connection: all that have arrived, at least one, up to as many as a line may have.</summary>
    ProtocolMatch Match(ReadOnlySpan<byte> first);

    /// <summary>Takes a connection over, which it closes in the end, also where this fails. None of its input was consumed.</summary>
    void Serve(Connection connection);
}
