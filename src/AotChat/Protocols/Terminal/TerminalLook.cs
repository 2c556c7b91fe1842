using AotChat.Chat;

namespace AotChat.Protocols.Terminal;

/// <summary>How the lines of one terminal look; readers with the same look share their bytes. The default is the usual look.</summary>
/// <param name="Preferences">What its user has chosen.</param>
/// <param name="EndsWithCrLf">Whether lines end with CR LF (RFC 854), as telnet wants them, and not with LF.</param>
internal readonly record struct TerminalLook(ReaderPreferences Preferences = default, bool EndsWithCrLf = false);
