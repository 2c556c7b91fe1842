using AotChat.Commands;
using AotChat.Configuration;
using AotChat.Tests.Simulation;
using Microsoft.Extensions.Logging;

namespace AotChat.Tests.Logging;

/// <summary>What people say and type is nobody's business who reads the log.</summary>
public sealed class NoTextInLogSpecs
{
    private const string Marker = "hunter2marker";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_command_brings_text_into_the_log(bool isInRoom)
    {
        OperatorChat world = new(new ChatOptions { FloodRate = 0, HistoryLines = 10 });
        world.Chat.Log.MinLevel = LogLevel.Trace;
        world.Chat.Log.KeepsVisits = true;
        SimulatedClient alice = world.Guest("alice");
        foreach (SimulatedClient client in (SimulatedClient[])[alice, world.Console])
        {
            if (isInRoom)
            {
                client.Type("join lobby");
            }

            client.Type(Marker, $"//{Marker}", $"nonsense {Marker}", $"/nonsense {Marker}");
            foreach (CommandInfo command in CommandDispatcher.All)
            {
                if (command.Name is not ("quit" or "kick" or "ban" or "backup"))
                {
                    foreach (string name in (string[])[command.Name, .. command.Aliases])
                    {
                        client.Type($"/{name} {Marker}", $"/{name} alice {Marker}", $"/{name} #lobby {Marker}", $"/{name} 5 {Marker}");
                    }
                }
            }
        }

        world.Console.Type($"/kick alice {Marker}", $"/ban 192.0.2.1 {Marker}", $"/quit {Marker}");
        world.Chat.Settle();

        // Names are no text: nick, rename and join make them of whatever is typed.
        Assert.NotEmpty(world.Chat.Log.Entries);
        Assert.All(world.Chat.Log.Entries, entry => Assert.DoesNotContain(Marker, WithoutNames(entry.Message), StringComparison.Ordinal));
    }

    private static string WithoutNames(string message)
    {
        foreach (string named in (string[])["is now {0}", ": {0} ", "did rename {0}", "did mute {0}", "did unmute {0}", "in #{0}", "did room {0}", "did invite {0}", "did voice {0}"])
        {
            message = message.Replace(string.Format(System.Globalization.CultureInfo.InvariantCulture, named, Marker), "", StringComparison.Ordinal);
        }

        return message;
    }
}
