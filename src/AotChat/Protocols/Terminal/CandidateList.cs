using System.Buffers;
using System.Text;
using AotChat.Configuration;

namespace AotChat.Protocols.Terminal;

/// <summary>Collects what a word may become: what all candidates have in common, and the first of them for a list.</summary>
/// <remarks>Its memory and work are bounded, whatever is offered; see <see cref="IsFull"/>.</remarks>
internal sealed class CandidateList
{
    private readonly List<byte[]> _listed = [];
    private byte[] _word = [];
    private int _compared;
    private int _commonLength;

    /// <summary>Where in the text the word begins that a candidate replaces.</summary>
    public int WordStart { get; private set; }

    /// <summary>What follows a candidate that is the only one: a space, for the next word.</summary>
    public ReadOnlyMemory<byte> Ending { get; private set; }

    /// <summary>How many candidates begin with the word.</summary>
    public int Count { get; private set; }

    /// <summary>The first candidates, at most <see cref="ChatOptions.CompletionsShown"/>.</summary>
    public IReadOnlyList<byte[]> Listed => _listed;

    /// <summary>
    /// Whether the limit of comparisons is reached: what the candidates have in common is then not known.
    /// </summary>
    public bool IsFull => _compared >= ChatOptions.CompletionsCompared;

    /// <summary>What all candidates begin with, longer than the word or as long, spelled as the first of them.</summary>
    public ReadOnlySpan<byte> Common => _listed.Count == 0 || IsFull ? _word : _listed[0].AsSpan(0, _commonLength);

    /// <summary>Says which word is completed.</summary>
    /// <param name="text">The text in front of the cursor.</param>
    /// <param name="wordStart">Where the word begins in it; a mark in front of a name is not part of it.</param>
    /// <param name="ending">What follows a candidate that is the only one.</param>
    public void Begin(ReadOnlySpan<byte> text, int wordStart, ReadOnlyMemory<byte> ending)
    {
        _word = text[wordStart..].ToArray();
        WordStart = wordStart;
        Ending = ending;
    }

    /// <summary>Adds a candidate where it begins with the word, in upper or lower case; nothing from <see cref="IsFull"/> on.</summary>
    /// <param name="candidate">ASCII without blanks and control characters.</param>
    public void Offer(ReadOnlySpan<byte> candidate)
    {
        if (IsFull)
        {
            return;
        }

        _compared++;
        if (candidate.Length < _word.Length || !Ascii.EqualsIgnoreCase(candidate[.._word.Length], _word))
        {
            return;
        }

        Count++;
        if (_listed.Count < ChatOptions.CompletionsShown)
        {
            _listed.Add(candidate.ToArray());
        }

        _commonLength = Count == 1 ? candidate.Length : CommonLength(candidate);
    }

    /// <summary>Adds a candidate that is text of the program's own.</summary>
    /// <param name="candidate">ASCII, at most 64 characters.</param>
    public void Offer(string candidate)
    {
        Span<byte> bytes = stackalloc byte[64];
        if (Ascii.FromUtf16(candidate, bytes, out int length) == OperationStatus.Done)
        {
            Offer(bytes[..length]);
        }
    }

    private int CommonLength(ReadOnlySpan<byte> candidate)
    {
        ReadOnlySpan<byte> first = _listed[0];
        int max = Math.Min(_commonLength, candidate.Length);
        int length = _word.Length;
        while (length < max && Ascii.EqualsIgnoreCase(first.Slice(length, 1), candidate.Slice(length, 1)))
        {
            length++;
        }

        return length;
    }
}
