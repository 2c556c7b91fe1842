namespace AotChat.Loop;

/// <summary>Something that has work to do once at the end of the loop's turn, however often it was touched in it.</summary>
internal interface ITurnEnd
{
    /// <summary>Does that work. Must not block and must not throw; called on the loop's thread.</summary>
    void OnTurnEnd();
}
