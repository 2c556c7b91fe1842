namespace AotChat.Chat;

/// <summary>What of a line may look different to different readers.</summary>
/// <param name="Ticks">The time in front of it, in ticks of UTC.</param>
/// <param name="FirstName">Which of the turn's <see cref="NameMark"/>s is its first.</param>
/// <param name="NameCount">How many names stand in it.</param>
internal readonly record struct LineMark(long Ticks, int FirstName, int NameCount);
