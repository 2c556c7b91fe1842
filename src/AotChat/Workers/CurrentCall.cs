using System.Text;

namespace AotChat.Workers;

/// <summary>
/// The line that runs at present, so that a job which it submits can be listed as its user typed it. One for the event
/// loop, which alone uses it.
/// </summary>
internal sealed class CurrentCall
{
    private const int MostBytes = 80;

    private readonly byte[] _line = new byte[MostBytes];
    private int _length;

    /// <summary>A line begins to run.</summary>
    public void Begin(ReadOnlySpan<byte> line)
    {
        _length = Math.Min(line.Length, MostBytes);
        line[.._length].CopyTo(_line);
    }

    /// <summary>It has run as far as it goes without waiting; who goes on later is on its own.</summary>
    public void End() => _length = 0;

    /// <summary>The line, or its first 80 bytes; a fallback where none runs.</summary>
    public string Text(string fallback) => _length == 0 ? fallback : Encoding.UTF8.GetString(_line, 0, _length);
}
