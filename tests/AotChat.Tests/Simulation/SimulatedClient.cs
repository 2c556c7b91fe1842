using System.Text;
using System.Text.RegularExpressions;
using AotChat.Protocols.Terminal;

namespace AotChat.Tests.Simulation;

/// <summary>Somebody at a simulated terminal.</summary>
internal sealed partial class SimulatedClient(SimulatedChat chat, SimulatedTransport transport)
{
    /// <summary>What follows the first unknown command of a session, typed in no room.</summary>
    public const string HelpHint = "Type \"help\" for all commands.";

    /// <summary>What follows the welcome where there is no message of the day.</summary>
    public const string WayIn = "Type \"join lobby\" to talk with others, \"help\" for all commands.";

    public SimulatedTransport Transport { get; } = transport;

    /// <summary>Types lines and waits until nothing happens any more.</summary>
    public SimulatedClient Type(params string[] lines) => Send(string.Concat(lines.Select(line => line + "\n")));

    /// <summary>Sends text as it is, in one packet.</summary>
    public SimulatedClient Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends bytes as they are, in one packet.</summary>
    public SimulatedClient Send(byte[] bytes)
    {
        Transport.Deliver(bytes);
        chat.Settle();
        return this;
    }

    /// <summary>Ends the input; what the server still has to say can be read.</summary>
    public SimulatedClient HangUp()
    {
        Transport.EndOfInput = true;
        chat.Settle();
        return this;
    }

    /// <summary>Reads the lines that have arrived, with their stamps. Those to a telnet client end with CR LF.</summary>
    public string[] ReadLines()
    {
        string text = Encoding.UTF8.GetString(Transport.Read());
        Assert.True(text.Length == 0 || text.EndsWith('\n'), "A line was cut short: " + text);
        return [.. text.Split('\n')[..^1].Select(line => line.EndsWith('\r') ? line[..^1] : line)];
    }

    /// <summary>Reads the lines that have arrived, with their stamps to the second: who comes and goes takes milliseconds.</summary>
    public string[] ReadSeconds() => [.. ReadLines().Select(line => Microseconds().Replace(line, "]"))];

    /// <summary>Reads the lines that have arrived, without their stamps.</summary>
    public string[] ReadTexts() => [.. ReadLines().Select(line => line[LineStamp.Length..])];

    [GeneratedRegex(@"\.\d{6}\]")]
    private static partial Regex Microseconds();
}
