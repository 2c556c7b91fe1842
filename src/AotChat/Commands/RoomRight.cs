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
}
