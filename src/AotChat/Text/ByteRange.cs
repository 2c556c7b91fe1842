namespace AotChat.Text;

/// <summary>Bytes in a row, for tables and sets.</summary>
internal static class ByteRange
{
    /// <summary>All bytes from one to another, both included.</summary>
    public static byte[] Of(byte first, byte last)
    {
        byte[] bytes = new byte[last - first + 1];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(first + i);
        }

        return bytes;
    }
}
