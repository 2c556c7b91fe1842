namespace AotChat.Workers;

/// <summary>Reads frames from a pipe, blocking. Belongs to one thread.</summary>
internal sealed class FrameReader(Stream source)
{
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <summary>
    /// Reads the next frame; false at the end of the input, whether or not half a frame came before it. The payload is
    /// valid until the next call.
    /// </summary>
    /// <exception cref="InvalidDataException">The peer does not speak frames.</exception>
    /// <exception cref="IOException">The pipe broke.</exception>
    public bool TryRead(out Frame frame)
    {
        while (true)
        {
            if (FrameCodec.TryRead(_buffer.AsMemory(_start, _end - _start), out frame, out int consumed))
            {
                _start += consumed;
                return true;
            }

            MakeRoom();
            int count = source.Read(_buffer, _end, _buffer.Length - _end);
            if (count == 0)
            {
                return false;
            }

            _end += count;
        }
    }

    private void MakeRoom()
    {
        int count = _end - _start;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, count).CopyTo(_buffer);
            _start = 0;
            _end = count;
        }

        if (_end == _buffer.Length)
        {
            // Bounded: the codec refuses a frame that would not fit into the largest payload.
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
