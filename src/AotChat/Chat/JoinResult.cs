using AotChat.Text;

namespace AotChat.Chat;

/// <summary>What became of a wish to be in a room.</summary>
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

    /// <summary>The user is in as many rooms as one may be.</summary>
    TooManyOfUser,

    /// <summary>The user's address block has opened as many rooms as one may, and there are people in each.</summary>
    TooManyOfAddress,

    /// <summary>There are as many rooms as there may be, with people in each.</summary>
    TooMany,
}
