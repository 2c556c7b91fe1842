using System.Buffers;
using System.Buffers.Binary;

namespace AotChat.Workers;

/// <summary>
/// The form of a frame: the length of the payload (4 bytes, little-endian), the kind (1 byte), the job's id (4 bytes),
/// the payload.
/// </summary>
internal static class FrameCodec
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderBytes = 9;

    /// <summary>
    /// The longest payload to a worker. An idle worker's pipe is empty and holds 64 KiB (pipe(7)), so writing a frame of
    /// this size never blocks the event loop.
    /// </summary>
    public const int MaxRequestBytes = 60 * 1024;

    /// <summary>Appends a frame.</summary>
    public static void Write(IBufferWriter<byte> destination, FrameKind kind, uint jobId, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = destination.GetSpan(HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(header, payload.Length);
        header[4] = (byte)kind;
        BinaryPrimitives.WriteUInt32LittleEndian(header[5..], jobId);
        destination.Advance(HeaderBytes);
        destination.Write(payload);
    }

    /// <summary>Takes the first frame of the bytes, if it is whole. The payload is a slice of the input.</summary>
    /// <param name="input">What has arrived.</param>
    /// <param name="maxPayload">The longest payload in bytes.</param>
    /// <param name="frame">The frame, where there is one.</param>
    /// <param name="consumed">How many bytes it took; 0 where there is none.</param>
    /// <exception cref="InvalidDataException">These bytes are no frame and never will be.</exception>
    public static bool TryRead(ReadOnlyMemory<byte> input, int maxPayload, out Frame frame, out int consumed)
    {
        frame = default;
        consumed = 0;
        ReadOnlySpan<byte> bytes = input.Span;
        if (bytes.Length < HeaderBytes)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length < 0 || length > maxPayload)
        {
            throw new InvalidDataException($"A frame of {(uint)length} bytes; the limit is {maxPayload}.");
        }

        FrameKind kind = (FrameKind)bytes[4];
        if (kind is < FrameKind.Ready or > FrameKind.Heartbeat)
        {
            throw new InvalidDataException($"A frame of the unknown kind {bytes[4]}.");
        }

        if (bytes.Length < HeaderBytes + length)
        {
            return false;
        }

        frame = new Frame(kind, BinaryPrimitives.ReadUInt32LittleEndian(bytes[5..]), input.Slice(HeaderBytes, length));
        consumed = HeaderBytes + length;
        return true;
    }
}
