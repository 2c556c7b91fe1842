using AotChat.Chat;

namespace AotChat.Tests.Chat;

/// <summary>Wishes for names, and for how long they are remembered.</summary>
public sealed class NameClaimsSpecs
{
    private readonly UserDirectory _users = new(new ReservedNames());
    private readonly NameClaims _claims = new();
    private readonly User _holder;
    private readonly User _asker;

    public NameClaimsSpecs()
    {
        _holder = _users.Enter(new QuietTerminal(), now: 0);
        _asker = _users.Enter(new QuietTerminal(), now: 0);
    }

    [Fact]
    public void A_kept_name_is_forgotten_when_its_holder_takes_another()
    {
        _claims.Keep(_holder, 5);
        Assert.Equal(5, _claims.KeptAt(_holder));

        // Also where nobody wishes for anything at present.
        _claims.Note(_holder);

        Assert.Null(_claims.KeptAt(_holder));
    }

    [Fact]
    public void Nothing_is_noted_of_a_holder_who_has_left()
    {
        _users.Leave(_holder);
        _claims.Keep(_holder, 5);

        Assert.Null(_claims.KeptAt(_holder));
    }

    [Fact]
    public void A_second_claim_of_an_asker_ends_the_first()
    {
        User other = _users.Enter(new QuietTerminal(), now: 0);
        NameClaim first = _claims.Begin(_asker, _holder, "a"u8.ToArray());
        NameClaim second = _claims.Begin(_asker, other, "b"u8.ToArray());

        Assert.False(_claims.TryFind(_holder, out _));
        Assert.False(_claims.TryEnd(first));
        Assert.Equal(1, _claims.Count);
        Assert.True(_claims.TryEnd(second));
        Assert.Equal(0, _claims.Count);
        Assert.False(_claims.TryEnd(second));
    }
}
