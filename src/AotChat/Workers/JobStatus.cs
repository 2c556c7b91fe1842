namespace AotChat.Workers;

/// <summary>What a user is told of a job.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Call">How it was asked for.</param>
/// <param name="Position">Its place among those that wait, from 1 on; 0 while it runs.</param>
/// <param name="Age">How long it has waited, or run.</param>
internal sealed record JobStatus(uint Id, string Call, int Position, TimeSpan Age);
