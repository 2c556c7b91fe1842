namespace AotChat.Chat;

/// <summary>What a line of the history was.</summary>
internal enum HistoryKind : byte
{
    /// <summary>Said: <c>NAME TEXT</c>.</summary>
    Said,

    /// <summary>Done, with <c>me</c>: <c>* NAME TEXT</c>.</summary>
    Done,
}
