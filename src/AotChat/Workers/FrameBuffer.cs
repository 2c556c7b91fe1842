namespace AotChat.Workers;

/// <summary>Collects what arrives on a pipe and gives the whole frames in it.</summary>
/// <param name="maxPayload">The longest payload of a frame in bytes; the buffer grows to twice that at most.</param>
internal sealed class FrameBuffer(int maxPayload)
{
    private const int SmallestBuffer = 4_096;

    private byte[] _buffer = new byte[SmallestBuffer];
    private int _start;
    private int _end;

    /// <summary>Where to put what arrives next; never empty.</summary>
    public Memory<byte> Space
    {
        get
        {
            MakeRoom();
            return _buffer.AsMemory(_end);
        }
    }

    /// <summary>Says how much has arrived there.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>Takes the next frame, if it is whole. The payload is valid until the next use of <see cref="Space"/>.</summary>
    /// <exception cref="InvalidDataException">The peer does not speak frames.</exception>
    public bool TryTake(out Frame frame)
    {
        if (!FrameCodec.TryRead(_buffer.AsMemory(_start, _end - _start), maxPayload, out frame, out int consumed))
        {
            return false;
        }

        _start += consumed;
        return true;
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }

        if (_end < _buffer.Length)
        {
            return;
        }

        int count = _end - _start;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, count).CopyTo(_buffer);
        }
        else
        {
            // Bounded: the codec refuses a frame that would not fit into the largest payload.
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        _start = 0;
        _end = count;
    }
}
