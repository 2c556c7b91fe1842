namespace AotChat.Commands;

/// <summary>Something that a user does in a room; <see cref="Permissions"/> says who may.</summary>
internal enum RoomRight
{
    /// <summary>Saying or doing something there.</summary>
    Talk,

    /// <summary>Reading and searching what was said.</summary>
    ReadHistory,

    /// <summary>Saying what the room is about.</summary>
    SetTopic,

    /// <summary>Seeing who is there, and what it is about.</summary>
    Look,

    /// <summary>Becoming a member.</summary>
    Join,

    /// <summary>Changing what it is, and putting others out.</summary>
    Rule,
}

/// <summary>What a user lacks to do something in a room.</summary>
internal enum RoomRefusal
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The user may not know of it.</summary>
    Unseen,

    /// <summary>The user is not in it.</summary>
    NotMember,

    /// <summary>Only its owner and operators may.</summary>
    NotOwner,

    /// <summary>The user is banned from it.</summary>
    Banned,

    /// <summary>The user is not invited.</summary>
    NotInvited,

    /// <summary>The user is muted, in the room or on the server.</summary>
    Muted,

    /// <summary>The user has no voice in a moderated room.</summary>
    NoVoice,

    /// <summary>The room is slow, and the user has talked just now.</summary>
    TooSoon,
}
