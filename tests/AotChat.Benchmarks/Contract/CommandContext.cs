using System.Diagnostics.CodeAnalysis;
using AotChat.Chat;
using AotChat.Text;

namespace AotChat.Commands;

/// <summary>A caller and three others; commands count what they get, so that no call can be left out.</summary>
internal sealed class CommandContext
{
    private readonly Dictionary<byte[], User> _users = new(Utf8NameComparer.Instance);
    private readonly Dictionary<byte[], User>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public CommandContext()
    {
        _lookup = _users.GetAlternateLookup<ReadOnlySpan<byte>>();
        foreach (byte[] name in new[] { "u1000"u8.ToArray(), "u1001"u8.ToArray(), "u1002"u8.ToArray() })
        {
            _users.Add(name, new User(name));
        }
    }

    public User User { get; } = new("u1003"u8.ToArray());

    /// <summary>Grows with each call.</summary>
    public long Count { get; set; }

    /// <summary>How many calls did not fit: none, or something else was measured.</summary>
    public int Refusals { get; private set; }

    public CommandContext ForCall(ReadOnlySpan<byte> line) => this;

    public CommandContext ForPrivateCall(string name) => this;

    public bool TryFindUser(ReadOnlySpan<byte> name, [NotNullWhen(true)] out User? user) => _lookup.TryGetValue(name, out user);

    public void UserNotFound(ReadOnlySpan<byte> name) => Refusals++;

    public void UnknownCommand(ReadOnlySpan<byte> word) => Refusals++;

    public void NotAllowed(UserLevel required) => Refusals++;

    public void InvalidCall(ReadOnlySpan<byte> line) => Refusals++;

    public void InvalidCall(ReadOnlySpan<byte> problem, ReadOnlySpan<byte> usage) => Refusals++;
}
