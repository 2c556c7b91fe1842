using System.Text.Json;
using AotChat.Chat;
using AotChat.Configuration;
using AotChat.Logging;
using AotChat.Tests.Simulation;

namespace AotChat.Tests.Logging;

/// <summary>What programs read of the log: the same fields under the same names in all lines about somebody.</summary>
public sealed class FieldSpecs
{
    [Fact]
    public void Lines_about_somebody_tie_the_name_to_connection_address_and_account()
    {
        OperatorChat world = new();
        ScriptedSink sink = new();
        Account account = TestAccounts.New("alice");
        using (ServerLogger json = new(new ChatOptions { LogFormat = LogFormat.Json }, world.Chat.Time, sink))
        {
            world.Chat.Log.Also = json;
            SimulatedClient alice = world.Member("alice", "192.0.2.7", account);
            world.Answers("rename alice other", "kick other spam", "ban 192.0.2.0/24");
            world.Chat.Connect(peer: OperatorChat.At("192.0.2.7"));
        }

        JsonElement[] lines = [.. sink.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.All(lines, line => Assert.True(line.TryGetProperty("connection", out _) && line.TryGetProperty("address", out _), line.ToString()));
        Assert.Equal(
            [
                "2 192.0.2.7:4711 u1001 joined",
                "2 192.0.2.7:4711 u1001 is now alice",
                "2 192.0.2.7:4711 alice is now other",
                "1 unix u1000 did rename alice (audit 1)",
                "1 unix u1000 did kick other (audit 2)",
                "1 unix u1000 did ban 192.0.2.0/24 (audit 3)",
                "2 192.0.2.7:4711 other left",
                "3 192.0.2.7:4711 refused, ban 1 holds for it",
            ],
            lines.Select(Shown).Select(shown => shown.Split(" after ")[0]));
        Assert.Equal(3, lines.Count(line => line.TryGetProperty("account", out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() == "alice"));
        JsonElement ban = Assert.Single(lines, line => line.TryGetProperty("action", out JsonElement action) && action.GetString() == "ban");
        Assert.Equal(("192.0.2.0/24", "", 3), (ban.GetProperty("target").GetString(), ban.GetProperty("room").GetString(), ban.GetProperty("entry").GetInt64()));
    }

    private static string Shown(JsonElement line)
    {
        string message = line.GetProperty("message").GetString()!;
        string rest = message[(message.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        return $"{line.GetProperty("connection").GetInt64()} {line.GetProperty("address").GetString()} {rest}";
    }
}
