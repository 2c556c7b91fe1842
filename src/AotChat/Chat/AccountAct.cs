namespace AotChat.Chat;

/// <summary>What users do about their accounts, for the log.</summary>
internal enum AccountAct
{
    /// <summary>A name was registered.</summary>
    Registered,

    /// <summary>A session has logged in.</summary>
    LoggedIn,

    /// <summary>A session has logged out, and goes on as a guest's.</summary>
    LoggedOut,

    /// <summary>The password was changed.</summary>
    PasswordChanged,

    /// <summary>The account was given up.</summary>
    Unregistered,

    /// <summary>A password was wrong, or the name.</summary>
    Failed,

    /// <summary>A password was not checked, since there were too many wrong ones.</summary>
    Refused,
}
