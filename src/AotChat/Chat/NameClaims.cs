using System.Diagnostics.CodeAnalysis;

namespace AotChat.Chat;

/// <summary>
/// The claims on names whose holders are asked for a sign of life, one per holder and one per asker. Owned by the event loop.
/// </summary>
/// <remarks>A claim ends with its answer, or earlier where its asker leaves or takes another name.</remarks>
internal sealed class NameClaims
{
    private readonly Dictionary<User, NameClaim> _byHolder = [];
    private readonly Dictionary<User, NameClaim> _byAsker = [];

    // When each holder last kept a claimed name, as a timestamp. Holders who leave or take another name are forgotten.
    private readonly Dictionary<User, long> _keptAt = [];

    /// <summary>How many holders are asked at present.</summary>
    public int Count => _byHolder.Count;

    /// <summary>Finds the claim on a holder's name.</summary>
    public bool TryFind(User holder, [NotNullWhen(true)] out NameClaim? claim) => _byHolder.TryGetValue(holder, out claim);

    /// <summary>When a holder last kept a claimed name, as a timestamp; null for never.</summary>
    public long? KeptAt(User holder) => _keptAt.TryGetValue(holder, out long at) ? at : null;

    /// <summary>Notes that a holder has kept a claimed name.</summary>
    public void Keep(User holder, long now)
    {
        if (holder.IsOnline)
        {
            _keptAt[holder] = now;
        }
    }

    /// <summary>Adds a claim on the name of a holder who is not asked yet; the asker's last claim is dropped.</summary>
    public NameClaim Begin(User asker, User holder, byte[] name)
    {
        Drop(asker);
        NameClaim claim = new(asker, holder) { Name = name };
        _byHolder.Add(holder, claim);
        _byAsker.Add(asker, claim);
        return claim;
    }

    /// <summary>Ends a claim; false where it was dropped.</summary>
    public bool TryEnd(NameClaim claim)
    {
        if (!_byHolder.TryGetValue(claim.Holder, out NameClaim? open) || open != claim)
        {
            return false;
        }

        _byHolder.Remove(claim.Holder);
        _byAsker.Remove(claim.Asker);
        return true;
    }

    /// <summary>Notes that a user leaves or is renamed: its own claim is dropped, and its name is free for others.</summary>
    public void Note(User user)
    {
        _keptAt.Remove(user);
        if (Count == 0)
        {
            return;
        }

        Drop(user);
        if (_byHolder.ContainsKey(user))
        {
            EndProbe(user);
        }
    }

    private static void EndProbe(User holder)
    {
        foreach (IUserSession session in holder.Sessions)
        {
            session.EndProbe();
        }
    }

    private void Drop(User asker)
    {
        if (_byAsker.Remove(asker, out NameClaim? claim))
        {
            _byHolder.Remove(claim.Holder);
            EndProbe(claim.Holder);
        }
    }
}
