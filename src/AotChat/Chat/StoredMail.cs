namespace AotChat.Chat;

/// <summary>A message for somebody who was not here.</summary>
/// <param name="Id">Its number; never given twice.</param>
/// <param name="Account">The account that it is for.</param>
/// <param name="Sender">The sender's account; 0 for a guest.</param>
/// <param name="SenderBlock">Where the sender sat; see <see cref="IUserSession.OriginBlock"/>.</param>
/// <param name="SenderName">The sender's name then.</param>
/// <param name="Ticks">When it was sent, in ticks of UTC.</param>
/// <param name="Text">What was written.</param>
internal sealed record StoredMail(long Id, long Account, long Sender, UInt128 SenderBlock, string SenderName, long Ticks, string Text);

/// <summary>What a mailbox holds at most.</summary>
/// <param name="Messages">How many messages.</param>
/// <param name="FromOne">How many of them from one sender: an account, or the address block of guests.</param>
/// <param name="FromOneInAll">How many messages from one sender all mailboxes hold together.</param>
/// <param name="OldestTicks">Older messages, in ticks of UTC, are forgotten first.</param>
internal readonly record struct MailLimits(int Messages, int FromOne, int FromOneInAll, long OldestTicks);

/// <summary>What has become of a message.</summary>
internal enum MailResult
{
    /// <summary>It is kept.</summary>
    Kept,

    /// <summary>The mailbox is full.</summary>
    Full,

    /// <summary>The sender has as many messages in it as allowed.</summary>
    TooManyFromOne,

    /// <summary>The sender has as many messages in all mailboxes together as allowed.</summary>
    TooManyInAll,

    /// <summary>Nothing can be written at present.</summary>
    NotWritten,
}
