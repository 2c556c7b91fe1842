namespace AotChat.Load;

/// <summary>How the floor server sends.</summary>
internal enum FloorKind
{
    /// <summary>There is none for this.</summary>
    None,

    /// <summary>One send for each line and reader.</summary>
    EachLine,

    /// <summary>One send for each reader and wake-up.</summary>
    Coalescing,
}
