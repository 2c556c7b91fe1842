namespace AotChat.Connections;

/// <summary>The protocols that the port speaks, in the order in which they are asked; the last one takes what no other claims.</summary>
internal sealed class ProtocolList(params IReadOnlyList<IProtocol> protocols)
{
    /// <summary>The protocol of clients that say nothing or that no other protocol claims.</summary>
    public IProtocol Default => protocols[^1];

    /// <summary>Finds the protocol that first bytes belong to; null where more of them are needed to tell.</summary>
    public IProtocol? Find(ReadOnlySpan<byte> first)
    {
        foreach (IProtocol protocol in protocols)
        {
            switch (protocol.Match(first))
            {
                case ProtocolMatch.Mine:
                    return protocol;

                case ProtocolMatch.Wait:
                    return null;
            }
        }

        return Default;
    }
}
