namespace AotChat.Protocols.Terminal;

/// <summary>Knows what a word that somebody has begun to type may become.</summary>
internal interface ICompletion
{
    /// <summary>Offers candidates for the word that ends at the cursor.</summary>
    /// <param name="text">The text in front of the cursor; valid UTF-8.</param>
    /// <param name="candidates">Told where the word begins, and offered what it may become.</param>
    void Complete(ReadOnlySpan<byte> text, CandidateList candidates);
}
