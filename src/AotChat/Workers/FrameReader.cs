namespace AotChat.Workers;

/// <summary>Reads frames from a pipe, blocking. Belongs to one thread.</summary>
/// <param name="source">The pipe.</param>
/// <param name="maxPayload">The longest payload of a frame in bytes.</param>
internal sealed class FrameReader(Stream source, int maxPayload)
{
    private readonly FrameBuffer _buffer = new(maxPayload);

    /// <summary>
    /// Reads the next frame; false at the end of the input, whether or not half a frame came before it. The payload is
    /// valid until the next call.
    /// </summary>
    /// <exception cref="InvalidDataException">The peer does not speak frames.</exception>
    /// <exception cref="IOException">The pipe broke.</exception>
    public bool TryRead(out Frame frame)
    {
        while (!_buffer.TryTake(out frame))
        {
            int count = source.Read(_buffer.Space.Span);
            if (count == 0)
            {
                return false;
            }

            _buffer.Advance(count);
        }

        return true;
    }
}
