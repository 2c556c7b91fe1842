namespace AotChat.Connections;

/// <summary>What <see cref="ProxyHeader"/> found.</summary>
internal enum ProxyHeaderResult
{
    /// <summary>A whole header.</summary>
    Done,

    /// <summary>So far it may become one.</summary>
    Incomplete,

    /// <summary>It is none.</summary>
    Invalid,
}
