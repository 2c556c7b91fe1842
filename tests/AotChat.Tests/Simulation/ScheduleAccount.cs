namespace AotChat.Tests.Simulation;

/// <summary>Holds what somebody has got in the end against what was said.</summary>
internal static class ScheduleAccount
{
    public static void CheckBroadcasts(ScheduledClient client, ScheduledClient witness)
    {
        // The witness reads everything at once, so that it says what everybody was to hear, and in which order.
        Assert.DoesNotContain(witness.Heard, heard => heard.Missed > 0);
        string own = client.Name + " ";
        string[] expected = [.. witness.Heard.Skip(client.JoinedAt).Select(heard => heard.Text).Where(text => !text.StartsWith(own, StringComparison.Ordinal))];
        int at = 0;
        foreach ((string text, int missed) in client.Heard)
        {
            if (missed > 0)
            {
                at += missed;
                continue;
            }

            Assert.True(at < expected.Length && expected[at] == text, $"{client.Name} heard as its line {at}: {text}");
            at++;
        }

        string[] said = [.. witness.Heard.Select(heard => heard.Text).Where(text => text.StartsWith(own, StringComparison.Ordinal))];
        if (client.Transport.Closed)
        {
            Assert.Equal(client.Broadcasts.Take(said.Length), said);
        }
        else
        {
            Assert.True(expected.Length == at, $"{client.Name} joined at {client.JoinedAt}, was to hear:\n{string.Join('\n', expected)}\nheard:\n{string.Join('\n', client.Heard)}");
            Assert.Equal(client.Broadcasts, said);
        }
    }

    public static void CheckDirect(ScheduledClient client, IEnumerable<ScheduledClient> clients)
    {
        Assert.True(client.Direct.Count == client.Direct.Distinct().Count(), $"{client.Name} got words twice:\n{string.Join((char)10, client.Direct)}");
        foreach (ScheduledClient sender in clients)
        {
            string[] confirmed = [.. sender.Confirmed.Where(message => message.Recipient == client.Name).Select(message => message.Text)];
            string[] received = [.. client.Direct.Where(text => text.StartsWith(sender.Name + " ", StringComparison.Ordinal))];
            if (client.Transport.Closed || sender.Transport.Closed)
            {
                // One of the two may have missed the end: then one list is the beginning of the other.
                int common = Math.Min(confirmed.Length, received.Length);
                Assert.Equal(confirmed[..common], received[..common]);
            }
            else
            {
                Assert.Equal(confirmed, received);
            }
        }

        (int asked, int delivered) = client.Jobs.GetValueOrDefault(client.Name);
        Assert.InRange(client.Results, delivered, asked);
        Assert.True(client.Transport.Closed || client.Results == delivered, $"{client.Name} has another number of results than it was told.");
    }
}
