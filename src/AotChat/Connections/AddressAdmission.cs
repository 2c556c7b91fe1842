namespace AotChat.Connections;

/// <summary>Whether an address may open one more connection.</summary>
internal enum AddressAdmission
{
    /// <summary>It may, and it is counted.</summary>
    Granted,

    /// <summary>It has as many open as it may.</summary>
    TooMany,

    /// <summary>It opens them too fast.</summary>
    TooFast,
}
