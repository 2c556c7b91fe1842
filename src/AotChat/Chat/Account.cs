using System.Text;

namespace AotChat.Chat;

/// <summary>What the server keeps of a person after the last session: a name, and what belongs to it. Owned by the event loop.</summary>
/// <param name="kept">The account as it is kept.</param>
internal sealed class Account(StoredAccount kept)
{
    private byte[] _name = Encoding.UTF8.GetBytes(kept.Name);
    private StoredAccount _kept = kept;

    /// <summary>Its number in the store.</summary>
    public long Id => _kept.Id;

    /// <summary>The owner's name, in UTF-8; safe for a terminal, without spaces.</summary>
    public ReadOnlySpan<byte> Name => _name;

    /// <summary>The account as it is kept.</summary>
    public StoredAccount Kept
    {
        get => _kept;
        set
        {
            _kept = value;
            _name = Encoding.UTF8.GetBytes(value.Name);
        }
    }

    /// <summary>Whether a change that was promised is on its way to the disk; other changes wait for it. Only <see cref="AccountKeeper"/> writes it.</summary>
    internal bool IsBeingChanged { get; set; }

    /// <summary>Whether something waits for it.</summary>
    internal bool IsToBeSaved { get; set; }

    /// <summary>Whether its messages are being shown at a terminal: at one after the other, or they would be shown twice.</summary>
    internal bool IsShowingMail { get; set; }

    /// <summary>Whether there may be messages that came since those that are being shown were read.</summary>
    internal bool HasMoreMail { get; set; }

    /// <summary>The user present for it, through one session or several; null while there is none.</summary>
    public User? User { get; internal set; }
}
