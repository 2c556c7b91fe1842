using System.Text;

namespace AotChat.Chat;

/// <summary>
/// When those who had chosen a name were last here under it. Only the last so many names are remembered, the longest gone
/// are forgotten first. Owned by the event loop.
/// </summary>
/// <remarks>Names that the server gives are not kept: each means a stranger, once.</remarks>
/// <param name="most">How many names to remember.</param>
internal sealed class SeenNames(int most)
{
    private readonly LinkedList<Seen> _byAge = new();
    private readonly Dictionary<byte[], LinkedListNode<Seen>> _byName = new(Utf8NameComparer.Instance);

    /// <summary>How many names are remembered.</summary>
    public int Count => _byName.Count;

    /// <summary>Notes that nobody has this name from now on, a time in ticks of UTC.</summary>
    public void Note(ReadOnlySpan<byte> name, long utcTicks)
    {
        if (most == 0)
        {
            return;
        }

        byte[] key = LookAlikes.Fold(name);
        if (_byName.Remove(key, out LinkedListNode<Seen>? known))
        {
            _byAge.Remove(known);
        }
        else if (_byName.Count == most)
        {
            _byName.Remove(_byAge.First!.Value.Key);
            _byAge.RemoveFirst();
        }

        _byName.Add(key, _byAge.AddLast(new Seen(key, name.ToArray(), utcTicks)));
    }

    /// <summary>When somebody of that name was last here, in ticks of UTC, and how the name was written.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, out long utcTicks, out byte[] written)
    {
        utcTicks = 0;
        written = [];
        if (!NameRules.IsWellFormed(name) || !_byName.TryGetValue(LookAlikes.Fold(name), out LinkedListNode<Seen>? node)
            || !Ascii.EqualsIgnoreCase(node.Value.Name, name))
        {
            return false;
        }

        (_, written, utcTicks) = node.Value;
        return true;
    }

    private sealed record Seen(byte[] Key, byte[] Name, long UtcTicks);
}
