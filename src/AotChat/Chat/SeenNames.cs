using System.Diagnostics.CodeAnalysis;
using System.Text;
using AotChat.Text;

namespace AotChat.Chat;

/// <summary>
/// When the owners of chosen names were last here under them. A limited number of names is remembered; the longest gone
/// are forgotten first. Owned by the event loop.
/// </summary>
/// <remarks>Names that the server gives are not kept: each means a stranger, once.</remarks>
internal sealed class SeenNames
{
    private int _max;
    private readonly LinkedList<Seen> _byAge = new();
    private readonly Dictionary<byte[], LinkedListNode<Seen>> _byName = new(Utf8NameComparer.Instance);
    private readonly Dictionary<byte[], LinkedListNode<Seen>>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    /// <param name="max">How many names to remember.</param>
    public SeenNames(int max)
    {
        _max = max;
        _lookup = _byName.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>How many names are remembered.</summary>
    public int Count => _byName.Count;

    /// <summary>Notes that nobody has this name from now on, a time in ticks of UTC.</summary>
    public void Note(ReadOnlySpan<byte> name, long utcTicks)
    {
        if (_max == 0)
        {
            return;
        }

        byte[] key = LookAlikes.Fold(name);
        if (_byName.Remove(key, out LinkedListNode<Seen>? known))
        {
            _byAge.Remove(known);
        }
        else if (_byName.Count >= _max)
        {
            ForgetOldest();
        }

        _byName.Add(key, _byAge.AddLast(new Seen(key, name.ToArray(), utcTicks)));
    }

    /// <summary>Takes on another number of names to remember.</summary>
    public void Limit(int max)
    {
        _max = max;
        while (_byName.Count > max)
        {
            ForgetOldest();
        }
    }

    /// <summary>Whether a name is remembered that is the same, or looks like it.</summary>
    public bool HoldsLike(ReadOnlySpan<byte> name) => TryFindLike(name, out _);

    /// <summary>When somebody of that name, with or without <c>@</c>, was last here, in ticks of UTC, and how it was written.</summary>
    public bool TryFind(ReadOnlySpan<byte> name, out long utcTicks, out byte[] written)
    {
        utcTicks = 0;
        written = [];
        name = NameRules.WithoutMark(name);
        if (!TryFindLike(name, out LinkedListNode<Seen>? node) || !Ascii.EqualsIgnoreCase(node.Value.Name, name))
        {
            return false;
        }

        (_, written, utcTicks) = node.Value;
        return true;
    }

    private void ForgetOldest()
    {
        _byName.Remove(_byAge.First!.Value.Key);
        _byAge.RemoveFirst();
    }

    private bool TryFindLike(ReadOnlySpan<byte> name, [NotNullWhen(true)] out LinkedListNode<Seen>? node)
    {
        if (name.Length > NameRules.MaxLength)
        {
            node = null;
            return false;
        }

        Span<byte> key = stackalloc byte[NameRules.MaxLength];
        return _lookup.TryGetValue(key[..LookAlikes.Fold(name, key)], out node);
    }

    private sealed record Seen(byte[] Key, byte[] Name, long UtcTicks);
}
