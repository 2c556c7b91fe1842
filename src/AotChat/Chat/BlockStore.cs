namespace AotChat.Chat;

/// <summary>
/// Keeps texts of any length as chains of small blocks. Blocks lie in slabs that are reused and never given back, so a
/// store of full size allocates nothing. It has no fragments, since a free block suits any text. Owned by the event loop.
/// </summary>
internal sealed class BlockStore
{
    private const int BlockBytes = 64;
    private const int SlabBits = 10;
    private const int SlabSize = 1 << SlabBits;
    private const int None = -1;

    private readonly List<byte[]> _blocks = [];

    // The next block of the same text or, for a free block, the next free one.
    private readonly List<int[]> _next = [];
    private int _free = None;

    /// <summary>How many bytes a text of this length takes.</summary>
    public static int CostOf(int length) => (length + BlockBytes - 1) / BlockBytes * (BlockBytes + sizeof(int));

    /// <summary>Keeps a text and returns where it is.</summary>
    public int Write(ReadOnlySpan<byte> text)
    {
        int first = None;
        int last = None;
        while (!text.IsEmpty)
        {
            int block = Take();
            int count = Math.Min(BlockBytes, text.Length);
            text[..count].CopyTo(BlockAt(block));
            text = text[count..];
            NextOf(block) = None;
            if (last == None)
            {
                first = block;
            }
            else
            {
                NextOf(last) = block;
            }

            last = block;
        }

        return first;
    }

    /// <summary>Reads a text; the destination has its length.</summary>
    public void Read(int first, Span<byte> destination)
    {
        for (int block = first; block != None; block = NextOf(block))
        {
            int count = Math.Min(BlockBytes, destination.Length);
            BlockAt(block)[..count].CopyTo(destination);
            destination = destination[count..];
        }
    }

    /// <summary>Forgets a text.</summary>
    public void Free(int first)
    {
        for (int block = first; block != None;)
        {
            int next = NextOf(block);
            NextOf(block) = _free;
            _free = block;
            block = next;
        }
    }

    private int Take()
    {
        if (_free == None)
        {
            int start = _blocks.Count << SlabBits;
            _blocks.Add(new byte[SlabSize * BlockBytes]);
            _next.Add(new int[SlabSize]);
            for (int block = start + SlabSize - 1; block >= start; block--)
            {
                NextOf(block) = _free;
                _free = block;
            }
        }

        int taken = _free;
        _free = NextOf(taken);
        return taken;
    }

    private ref int NextOf(int block) => ref _next[block >> SlabBits][block & (SlabSize - 1)];

    private Span<byte> BlockAt(int block) => _blocks[block >> SlabBits].AsSpan((block & (SlabSize - 1)) * BlockBytes, BlockBytes);
}
