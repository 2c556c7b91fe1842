using System.Runtime.InteropServices;
using System.Text;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>A place where several talk. Owned by the event loop; changed by <see cref="RoomDirectory"/> alone.</summary>
internal sealed class Room(byte[] name, byte[] key) : StateOwner
{
    // In order of joining, side by side in memory: a line is handed to all of them far more often than somebody leaves.
    private readonly List<User> _members = [];

    /// <summary>Its number in the store.</summary>
    public required long Id { get; init; }

    /// <summary>Its name, without <c>#</c>, as its founder wrote it.</summary>
    public ReadOnlySpan<byte> Name => name;

    /// <summary>What it is about, in UTF-8, safe for a terminal; empty where nobody has said.</summary>
    public byte[] Topic { get; set; } = [];

    /// <summary>The people in it, in order of joining.</summary>
    public ReadOnlySpan<User> Members => CollectionsMarshal.AsSpan(_members);

    /// <summary>Where its lines are in the <see cref="HistoryStore"/>.</summary>
    public HistoryIndex History { get; } = new();

    /// <summary>Where its founder connected from; the room counts for that address block.</summary>
    internal UInt128 OpenerBlock { get; init; }

    /// <summary>The name folded by <see cref="LookAlikes"/>, the directory's key.</summary>
    internal byte[] NameKey => key;

    /// <summary>The name as text, for logs.</summary>
    public override string ToString() => "#" + Encoding.ASCII.GetString(name);

    internal void Add(User user) => _members.Add(user);

    internal void Remove(User user) => _members.Remove(user);
}
