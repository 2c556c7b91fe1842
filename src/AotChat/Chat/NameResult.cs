using AotChat.Text;

namespace AotChat.Chat;

/// <summary>The result of a request for a name.</summary>
internal enum NameResult
{
    /// <summary>It is the user's name now.</summary>
    Done,

    /// <summary>It was the user's name already, letter by letter.</summary>
    Unchanged,

    /// <summary>It breaks <see cref="NameRules"/>.</summary>
    Malformed,

    /// <summary>It is, or looks like, one of <see cref="ReservedNames"/>.</summary>
    Reserved,

    /// <summary>A ban holds for every user of this name.</summary>
    Banned,

    /// <summary>It is, or looks like, the name of an account that the user is not logged in to.</summary>
    Registered,

    /// <summary>Somebody is here whose name is the same, or looks like it.</summary>
    Taken,
}
