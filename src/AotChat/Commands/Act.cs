namespace AotChat.Commands;

/// <summary>An act of an operator or room owner, for the audit.</summary>
/// <param name="Action">What is done: the name of the command.</param>
/// <param name="Target">On whom or what; may be empty.</param>
/// <param name="Room">In which room; null for none.</param>
/// <param name="Reason">Why; may be empty.</param>
/// <param name="Undo">The command that undoes it, as an operator would type it; empty where nothing can.</param>
internal readonly record struct Act(string Action, string Target, Room? Room = null, string Reason = "", string Undo = "");
