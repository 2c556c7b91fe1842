using System.Text;

namespace AotChat.Chat;

/// <summary>Somebody in the chat, from the welcome line to the end of the connection. Owned by the event loop.</summary>
internal sealed class User
{
    private readonly byte[] _name;

    internal User(byte[] name, ITerminal terminal)
    {
        _name = name;
        Terminal = terminal;
    }

    /// <summary>What others call this user, in UTF-8; safe for a terminal, without spaces.</summary>
    public ReadOnlySpan<byte> Name => _name;

    /// <summary>Where this user's lines go.</summary>
    public ITerminal Terminal { get; }

    /// <summary>Whether the user is still in the directory; false for ever after leaving.</summary>
    public bool IsOnline { get; internal set; }

    /// <summary>What this user may do.</summary>
    public UserLevel Level { get; internal set; }

    /// <summary>The neighbours in the directory, in order of arrival; only <see cref="UserDirectory"/> writes them.</summary>
    internal User? Next { get; set; }

    /// <inheritdoc cref="Next"/>
    internal User? Previous { get; set; }

    /// <summary>The directory's own copy of the name, its key.</summary>
    internal byte[] NameKey => _name;

    /// <summary>The name as text, for logs.</summary>
    public override string ToString() => Encoding.UTF8.GetString(_name);
}
