namespace AotChat.Chat;

/// <summary>What of a line may look different to different readers.</summary>
/// <param name="Ticks">The time in front of it, in ticks of UTC.</param>
/// <param name="FirstName">Which of the turn's <see cref="NameMark"/>s is its first; where a user wrote it, the author.</param>
/// <param name="NameCount">How many names stand in it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="TextStart">Where the text that a user wrote begins, in bytes; it goes on to the end. 0 for none.</param>
internal readonly record struct LineMark(long Ticks, int FirstName, int NameCount, LineKind Kind, int TextStart);
