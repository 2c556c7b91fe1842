namespace AotChat.Chat;

/// <summary>A name in a line, or a word that may be one.</summary>
/// <param name="Start">Where it begins in the line, in bytes.</param>
/// <param name="Length">How long it is, in bytes.</param>
internal readonly record struct NameMark(int Start, int Length);
