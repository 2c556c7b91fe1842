using System.Buffers;
using AotChat.Configuration;
using AotChat.Workers;

namespace AotChat.Tests.Workers;

/// <summary>The form of what goes over the pipe.</summary>
public sealed class FrameCodecSpecs
{
    [Fact]
    public void Frames_come_out_whole_at_every_split_point()
    {
        ArrayBufferWriter<byte> writer = new();
        FrameCodec.Write(writer, FrameKind.Run, 7, "one"u8);
        FrameCodec.Write(writer, FrameKind.Result, uint.MaxValue, []);
        FrameCodec.Write(writer, FrameKind.Failure, 0, "why"u8);
        byte[] bytes = writer.WrittenSpan.ToArray();
        for (int split = 0; split <= bytes.Length; split++)
        {
            FrameReader reader = new(new PiecewiseStream(bytes[..split], bytes[split..]), ChatOptions.ResultBytes);

            Assert.Equal(["Run 7 one", "Result 4294967295 ", "Failure 0 why"], ReadAll(reader));
        }
    }

    [Fact]
    public void Half_a_frame_at_the_end_is_no_frame()
    {
        ArrayBufferWriter<byte> writer = new();
        FrameCodec.Write(writer, FrameKind.Run, 7, "one"u8);

        Assert.Empty(ReadAll(new FrameReader(new MemoryStream(writer.WrittenSpan[..^1].ToArray()), ChatOptions.ResultBytes)));
    }

    [Fact]
    public void The_largest_payload_goes_through()
    {
        ArrayBufferWriter<byte> writer = new();
        FrameCodec.Write(writer, FrameKind.Result, 1, new byte[ChatOptions.ResultBytes]);
        FrameReader reader = new(new MemoryStream(writer.WrittenSpan.ToArray()), ChatOptions.ResultBytes);

        Assert.True(reader.TryRead(out Frame frame));
        Assert.Equal(ChatOptions.ResultBytes, frame.Payload.Length);
    }

    [Theory]
    [InlineData("FF FF FF FF 03 00 00 00 00")]
    [InlineData("01 00 04 00 03 00 00 00 00")]
    [InlineData("00 00 00 00 00 00 00 00 00")]
    [InlineData("00 00 00 00 07 00 00 00 00")]
    public void Garbage_is_refused(string hex)
    {
        FrameReader reader = new(new MemoryStream(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))), ChatOptions.ResultBytes);

        Assert.Throws<InvalidDataException>(() => reader.TryRead(out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("05 00 00 00 61")]
    [InlineData("FF FF FF FF")]
    [InlineData("02")]
    public void A_payload_that_ends_early_is_refused(string hex)
    {
        byte[] payload = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.Throws<InvalidDataException>(() => new PayloadReader(payload).ReadString());
    }

    [Fact]
    public void A_payload_that_is_too_long_is_refused() =>
        Assert.Throws<InvalidDataException>(() =>
        {
            PayloadReader reader = new([1, 0, 0, 0, 9]);
            reader.ReadInt32();
            reader.EnsureEnd();
        });

    [Theory]
    [InlineData(0, 8, true)]
    [InlineData(3, 8, true)]
    [InlineData(4, 8, false)]
    [InlineData(3, 9, false)]
    [InlineData(24, 1, true)]
    [InlineData(25, 1, false)]
    [InlineData(-1, 1, false)]
    [InlineData(int.MaxValue, 1, false)]
    [InlineData(int.MinValue, 8, false)]
    public void No_more_elements_are_promised_than_what_is_left_has_room_for(int count, int leastBytes, bool fits)
    {
        byte[] payload = [.. BitConverter.GetBytes(count), .. new byte[24]];
        if (fits)
        {
            Assert.Equal(count, new PayloadReader(payload).ReadCount(leastBytes));
        }
        else
        {
            Assert.Throws<InvalidDataException>(() => new PayloadReader(payload).ReadCount(leastBytes));
        }
    }

    private static List<string> ReadAll(FrameReader reader)
    {
        List<string> frames = [];
        while (reader.TryRead(out Frame frame))
        {
            frames.Add($"{frame.Kind} {frame.JobId} {System.Text.Encoding.UTF8.GetString(frame.Payload.Span)}");
        }

        return frames;
    }

    /// <summary>Gives each piece in a read of its own.</summary>
    private sealed class PiecewiseStream(params byte[][] pieces) : MemoryStream
    {
        private readonly Queue<byte[]> _pieces = new(pieces.Where(piece => piece.Length > 0));

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (!_pieces.TryDequeue(out byte[]? piece))
            {
                return 0;
            }

            piece.CopyTo(buffer, offset);
            return piece.Length;
        }
    }
}
