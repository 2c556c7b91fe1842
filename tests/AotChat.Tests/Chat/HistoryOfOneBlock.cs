using AotChat.Chat;

namespace AotChat.Tests.Chat;

/// <summary>A history in which all authors sit at the same place.</summary>
internal static class HistoryOfOneBlock
{
    /// <summary>Keeps a line of somebody on this machine.</summary>
    public static long Add(this HistoryStore history, Room room, ChatEventKind kind, long ticks, ReadOnlySpan<byte> body, int nameLength) =>
        history.Add(room, UInt128.Zero, kind, ticks, body, nameLength);
}
