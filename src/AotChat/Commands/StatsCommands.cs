using AotChat.Chat;
using AotChat.Diagnostics;

namespace AotChat.Commands;

/// <summary>What the server says of itself.</summary>
internal static class StatsCommands
{
    /// <summary>Shows what the server has done so far. Also shows what it has refused.</summary>
    [Command("stats", Category = CommandCategory.Server, Example = "stats")]
    internal static void Stats(CommandContext context)
    {
        ChatCounters counters = context.Counters;
        context.Reply($"Connections: {counters.Connections} now, {counters.Accepted} so far");
        context.Reply($"Refused: {counters.RefusedFull} server full, {counters.RefusedAddress} too many from one address, {counters.RefusedRate} too fast, {counters.RefusedProtocol} not chat");
        context.Reply($"Disconnected: {counters.SlowDisconnects} not reading, {counters.IdleDisconnects} idle, {counters.InputDisconnects} sent too much");
        context.Reply($"Lines: {counters.LinesIn} in, {counters.LinesOut} out, {counters.FloodPauses} pauses for too many at once");
        context.Reply($"Deliveries: {counters.Deliveries} made, {counters.Dropped} missed, {counters.Undelivered} refused");
        context.Reply($"Bytes: {counters.BytesIn} in, {counters.BytesOut} out, {counters.InboxBytes} held of input, {counters.OutboxBytes} held for slow readers");
        context.Reply($"Rooms: {context.Chat.Rooms.Count} open, {context.Chat.History.Count} lines of history in {context.Chat.History.Bytes} bytes");
        context.Reply($"Loop: {counters.Loop.Turns} turns, longest {(long)counters.Loop.LongestTurn.TotalMicroseconds} microseconds");
        IChatStore store = context.Chat.Store;
        string state = store.Problem is { } problem ? $"nothing can be written ({problem})" : "everything can be written";
        context.Reply($"Store: {state}, {store.WaitingBytes} bytes wait, {store.LostLines} lines lost");
    }
}
