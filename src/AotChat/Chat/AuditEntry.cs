namespace AotChat.Chat;

/// <summary>An act of an operator or room owner. Times are in ticks of UTC.</summary>
/// <param name="Id">Its number, from 1 on.</param>
/// <param name="Ticks">When.</param>
/// <param name="Actor">The name of the user who did it.</param>
/// <param name="ActorAccount">The account; 0 for none.</param>
/// <param name="From">The address that the actor connected from.</param>
/// <param name="Action">What was done: the name of the command.</param>
/// <param name="Target">On whom or what; may be empty.</param>
/// <param name="Room">In which room, without <c>#</c>; empty for none.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="Undo">The command that undoes it, as an operator would type it; empty where nothing can.</param>
/// <param name="UndoneBy">The name of the user who undid it; empty for nobody.</param>
/// <param name="UndoneTicks">When; 0 for never.</param>
internal sealed record AuditEntry(
    long Id,
    long Ticks,
    string Actor,
    long ActorAccount,
    string From,
    string Action,
    string Target,
    string Room,
    string Reason,
    string Undo,
    string UndoneBy = "",
    long UndoneTicks = 0);
