using AotChat.Text;

namespace AotChat.Chat;

/// <summary>The result of a request to join a room.</summary>
internal enum JoinResult
{
    /// <summary>The user is in it now.</summary>
    Done,

    /// <summary>The user was in it already.</summary>
    Unchanged,

    /// <summary>The name breaks <see cref="NameRules"/>.</summary>
    Malformed,

    /// <summary>Another room's name looks like it.</summary>
    LooksLikeAnother,

    /// <summary>The user is in as many rooms as allowed.</summary>
    TooManyOfUser,

    /// <summary>The user's address block has opened as many rooms as allowed, and there are people in each.</summary>
    TooManyOfAddress,

    /// <summary>The user's account owns as many rooms as allowed.</summary>
    TooManyOfAccount,

    /// <summary>There are as many rooms as allowed, with people in each.</summary>
    TooMany,
}
