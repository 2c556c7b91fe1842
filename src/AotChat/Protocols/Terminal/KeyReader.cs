using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using AotChat.Text;

namespace AotChat.Protocols.Terminal;

/// <summary>
/// Makes keys and characters of bytes that arrive one by one from a terminal. A mutable structure that belongs to its
/// <see cref="LineEditor"/>.
/// </summary>
/// <remarks>A reader adds a byte and then takes keys until there is none; a wrong byte can make two of them.</remarks>
internal struct KeyReader
{
    private CharacterDecoder _decoder;
    private EscapeSequence _escape;
    private Letters _heads;
    private byte _headCount;
    private bool _isPastFront;
    private bool _isAfterReturn;
    private bool _isPasting;

    /// <summary>Whether bytes have arrived that are not UTF-8; they became U+FFFD.</summary>
    public bool HasReadInvalidText { get; private set; }

    /// <summary>Whether a sequence that did not end has taken a part of the line.</summary>
    public bool HasLostText { get; private set; }

    /// <summary>The letters that unknown keys in front of the line's text have taken; see <see cref="TypedLine.Heads"/>.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Heads => ((ReadOnlySpan<byte>)_heads)[.._headCount];

    /// <summary>Forgets what belongs to one line: another one begins.</summary>
    public void BeginLine()
    {
        _headCount = 0;
        _isPastFront = false;
        HasLostText = false;
    }

    /// <summary>Adds a byte; the keys before it have been taken.</summary>
    public void Add(byte value) => _decoder.Add(value);

    /// <summary>Takes a key, where one is complete.</summary>
    /// <param name="key">What the key does; <see cref="EditorKey.Character"/> where it is text.</param>
    /// <param name="character">The text: one that a terminal may be sent, and not TAB.</param>
    public bool TryTake(out EditorKey key, out Rune character)
    {
        key = EditorKey.None;
        while (_decoder.TryTake(out character, out bool isInvalid))
        {
            HasReadInvalidText |= isInvalid;
            key = Read(ref character);
            if (key is EditorKey.PasteBegins or EditorKey.PasteEnds)
            {
                _isPasting = key == EditorKey.PasteBegins;
            }
            else if (key != EditorKey.None)
            {
                return true;
            }
        }

        return false;
    }

    private EditorKey Read(ref Rune character)
    {
        bool isAfterReturn = _isAfterReturn;
        _isAfterReturn = character.Value == '\r';
        if (isAfterReturn && character.Value is '\n' or '\0')
        {
            // CR LF and CR NUL are one end (RFC 1123, section 3.3.1).
            return EditorKey.None;
        }

        if (EndsSequence(character.Value))
        {
            HasLostText |= _escape.HidesText;
            _escape.Reset();
        }

        return _escape.NextAfterBreak(character.Value) switch
        {
            EscapeStep.Outside => ReadOutside(ref character),
            EscapeStep.Ended => ReadSequence(),
            _ => EditorKey.None,
        };
    }

    private EditorKey ReadSequence()
    {
        EditorKey key = KeyMap.Of(_escape);
        if (key == EditorKey.None && !_isPastFront && _headCount < TypedLine.MaxHeads && char.IsAsciiLetter(_escape.Final))
        {
            _heads[_headCount++] = (byte)_escape.Final;
        }

        return key;
    }

    // Enter is Enter, wherever it is pressed. A string begins with Alt and a wrong letter, too; then the keys that edit
    // end it, or nothing that is typed would show up until Enter.
    private readonly bool EndsSequence(int character) =>
        character is '\r' or '\n' || (_escape.IsInString && KeyMap.Of(character) != EditorKey.None);

    private EditorKey ReadOutside(ref Rune character)
    {
        EditorKey key = KeyMap.Of(character.Value);
        _isPastFront = key is not (EditorKey.EraseLine or EditorKey.Cancel) && (_isPastFront || Blank.BeginsWord(character));
        if (key == EditorKey.Complete && _isPasting)
        {
            character = new Rune(' ');
            return EditorKey.Character;
        }

        return key != EditorKey.None ? key : IsClean(character) ? EditorKey.Character : EditorKey.None;
    }

    [InlineArray(TypedLine.MaxHeads)]
    private struct Letters
    {
        private byte _first;
    }

    private static bool IsClean(Rune character)
    {
        Span<byte> bytes = stackalloc byte[4];
        Span<byte> clean = stackalloc byte[4 * TerminalText.MaxGrowth];
        return TerminalText.Copy(bytes[..character.EncodeToUtf8(bytes)], clean) > 0;
    }
}
