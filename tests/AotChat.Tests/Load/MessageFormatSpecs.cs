using AotChat.Load;

namespace AotChat.Tests.Load;

public sealed class MessageFormatSpecs
{
    [Fact]
    public void A_written_message_is_read_back()
    {
        byte[] message = new byte[64];
        MessageFormat.Write(message, sender: 7, number: 123_456, time: 0x1234_5678_9ABC);

        Assert.True(MessageFormat.TryRead(message, out int sender, out int number, out long time));
        Assert.Equal((7, 123_456, 0x1234_5678_9ABC), (sender, number, time));
    }

    [Fact]
    public void A_change_of_any_byte_is_another_message_or_none()
    {
        byte[] message = new byte[40];
        MessageFormat.Write(message, sender: 7, number: 42, time: 99);
        for (int i = 0; i < message.Length; i++)
        {
            byte[] changed = [.. message];
            changed[i]++;

            bool isSame = MessageFormat.TryRead(changed, out int sender, out int number, out long time) && (sender, number, time) == (7, 42, 99);
            Assert.False(isSame, $"byte {i}");
        }
    }

    [Fact]
    public void A_message_that_was_cut_short_is_not_read()
    {
        byte[] message = new byte[40];
        MessageFormat.Write(message, 1, 2, 3);

        Assert.False(MessageFormat.TryRead(message.AsSpan(0, 30), out _, out _, out _));
    }
}
