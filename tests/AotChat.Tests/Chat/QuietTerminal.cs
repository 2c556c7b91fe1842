using AotChat.Chat;

namespace AotChat.Tests.Chat;

/// <summary>A terminal that takes every line and shows none.</summary>
internal sealed class QuietTerminal : IUserSession
{
    public User User { get; set; } = null!;

    public ReaderPreferences Preferences { get; set; }

    public string Origin => "nowhere";

    public bool IsEncrypted => true;

    public ValueTask<byte[]?> ReadSecretAsync() => default;

    public ValueTask<bool> SentAsync() => new(true);

    public UInt128 OriginBlock { get; init; }

    public UInt128 Address { get; init; }

    public long ConnectionId { get; init; }

    public string Protocol => "quiet";

    public long Since { get; init; }

    public long LastActive { get; init; }

    public int WaitingBytes { get; init; }

    public uint? LocalUser { get; init; }

    public bool IsConsole { get; init; }

    /// <summary>How many lines it was given.</summary>
    public int Lines { get; private set; }

    /// <summary>Whether it takes lines.</summary>
    public bool Takes { get; set; } = true;

    public bool TryTake(ChatEvent happened, Delivery delivery)
    {
        Lines += Takes ? 1 : 0;
        return Takes;
    }

    public void ClearScreen()
    {
    }

    public void RequestEditor(bool isOn)
    {
    }

    public void HangUp(ReadOnlySpan<byte> lastWords)
    {
    }

    public void Expel(ReadOnlySpan<byte> lastWords)
    {
    }

    public ValueTask<bool> ProbeAsync(TimeSpan limit) => new(true);

    public void EndProbe()
    {
    }

    public void PutOut(ReadOnlySpan<byte> lastWords)
    {
    }
}
