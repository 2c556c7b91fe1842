namespace AotChat.Protocols.Terminal;

/// <summary>What one call of <see cref="TelnetProtocol.Filter"/> has made of its input.</summary>
/// <param name="Kept">How many bytes of data stand at the input's front.</param>
/// <param name="Consumed">
/// How many bytes of the input are dealt with. The rest is to be given again, with what comes next behind it: at once
/// where this is not 0, once more has arrived where it is.
/// </param>
/// <param name="Events">What the session has to do.</param>
internal readonly record struct TelnetResult(int Kept, int Consumed, TelnetEvents Events);
