namespace AotChat.Protocols.Terminal;

/// <summary>The lines that somebody has typed, to be called back. Belongs to its <see cref="LineEditor"/>.</summary>
/// <param name="maxLines">How many lines it holds.</param>
/// <param name="maxBytes">How many bytes they have together; the oldest lines go first.</param>
internal sealed class EditorHistory(int maxLines, int maxBytes)
{
    // From the oldest line to the newest.
    private readonly List<byte[]> _lines = [];
    private int _bytes;

    // How many lines up from the unfinished one the user is.
    private int _up;
    private byte[] _unfinished = [];

    /// <summary>How many bytes its lines have.</summary>
    public int Bytes => _bytes + _unfinished.Length;

    /// <summary>Keeps a line, where it is not the same as the last one, and goes to the bottom.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        Leave();
        if (line.IsEmpty || line.Length > maxBytes || (_lines is [.., var last] && line.SequenceEqual(last)))
        {
            return;
        }

        _lines.Add(line.ToArray());
        _bytes += line.Length;
        while (_lines.Count > maxLines || _bytes > maxBytes)
        {
            _bytes -= _lines[0].Length;
            _lines.RemoveAt(0);
        }
    }

    /// <summary>Goes one line up; false at the oldest.</summary>
    /// <param name="current">What stands in the editor; kept where it is the unfinished line.</param>
    /// <param name="line">The line to be shown instead.</param>
    public bool TryUp(ReadOnlySpan<byte> current, out ReadOnlySpan<byte> line)
    {
        line = default;
        if (_up == _lines.Count)
        {
            return false;
        }

        if (_up == 0)
        {
            _unfinished = current.ToArray();
        }

        _up++;
        line = _lines[^_up];
        return true;
    }

    /// <summary>Goes one line down; false at the unfinished one.</summary>
    /// <param name="line">The line to be shown instead.</param>
    public bool TryDown(out ReadOnlySpan<byte> line)
    {
        line = default;
        if (_up == 0)
        {
            return false;
        }

        _up--;
        line = _up == 0 ? _unfinished : _lines[^_up];
        return true;
    }

    /// <summary>Goes to the bottom and forgets the unfinished line.</summary>
    public void Leave()
    {
        _up = 0;
        _unfinished = [];
    }
}
