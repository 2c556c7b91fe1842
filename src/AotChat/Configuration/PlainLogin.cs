namespace AotChat.Configuration;

/// <summary>What is done about a password that comes over a connection which others can read.</summary>
internal enum PlainLogin
{
    /// <summary>Nothing.</summary>
    Allow,

    /// <summary>The person is told, once a session.</summary>
    Warn,

    /// <summary>It is not taken.</summary>
    Refuse,
}
